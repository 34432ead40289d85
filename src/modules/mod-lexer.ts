import { conflictProblem, quoted, type ProblemList } from './problems.ts'

/** One line of a go.mod or go.work file, cut into tokens. Strings keep their quotes, so that `"("` is not a parenthesis. */
export interface LexedLine {
  readonly number: number
  readonly tokens: readonly string[]
  /** The `//` comment, with its slashes; a line with a comment and no tokens is a comment line. */
  readonly comment?: string
  /** True when something on the line could not be read: its tokens tell the structure and nothing else. */
  readonly broken: boolean
  readonly conflict: boolean
}

/** Far beyond any real line. What is longer is not read, so that a hostile line costs neither time nor memory. */
const maxLineLength = 65_536

// What Go's unicode.IsPrint accepts, less the punctuation that is a token of its own.
const identifier = /(?:[\p{L}\p{M}\p{N}\p{S}]|(?![()[\]{},])\p{P})+/uy

/**
 * Cuts a file into lines of tokens by the lexical rules of go.mod (https://go.dev/ref/mod#go-mod-file-lexical,
 * golang.org/x/mod/modfile/read.go). Reports what it cannot read and goes on with the next line. Linear in the length.
 */
export function* lexLines(text: string, problems: ProblemList): Generator<LexedLine> {
  let start = 0
  if (text.startsWith('\uFEFF')) {
    problems.add(1, 'the file begins with a byte order mark, which Go does not accept: save it as UTF-8 without one')
    start = 1
  }
  for (let number = 1; start <= text.length; number++) {
    const newline = text.indexOf('\n', start)
    const end = newline < 0 ? text.length : newline
    yield lexLine(text, start, end, number, problems)
    start = end + 1
  }
}

function lexLine(text: string, start: number, end: number, number: number, problems: ProblemList): LexedLine {
  const nothing = { number, tokens: [], broken: false, conflict: false }
  if (end - start > maxLineLength) {
    problems.add(number, `the line has ${String(end - start)} characters and was not read`)
    return { ...nothing, broken: true }
  }
  const line = text.slice(start, end)
  const conflict = conflictProblem(line, number)
  if (conflict !== undefined) {
    problems.add(number, conflict)
    return { ...nothing, conflict: true }
  }
  return cutLine(line, number, (message) => problems.add(number, message))
}

function cutLine(line: string, number: number, report: (message: string) => void): LexedLine {
  const tokens: string[] = []
  let broken = false
  let comment: string | undefined
  const fail = (message: string): void => {
    // One sentence for a line is enough: what follows the first error is often a consequence of it.
    if (!broken) report(message)
    broken = true
  }
  for (let at = 0; at < line.length;) {
    const char = line[at] ?? ''
    if (char === ' ' || char === '\t' || char === '\r') {
      at++
    } else if (line.startsWith('//', at)) {
      comment = line.endsWith('\r') ? line.slice(at, -1) : line.slice(at)
      break
    } else if (line.startsWith('/*', at)) {
      fail('`/*` does not begin a comment here: Go module files only have `//` comments')
      break
    } else if ('()[]{},'.includes(char)) {
      tokens.push(char)
      at++
    } else if (char === '"' || char === '`') {
      const close = closingQuote(line, at)
      if (close === undefined) {
        fail(`the string that begins with ${quoted(line.slice(at))} is not closed on this line`)
        break
      }
      tokens.push(line.slice(at, close + 1))
      at = close + 1
    } else {
      const word = wordAt(line, at)
      if (word === '') fail(`the character ${describe(line.codePointAt(at) ?? 0)} is not allowed here`)
      else tokens.push(word)
      at += word === '' ? String.fromCodePoint(line.codePointAt(at) ?? 0).length : word.length
    }
  }
  return { number, tokens, broken, conflict: false, ...(comment === undefined ? {} : { comment }) }
}

/** An identifier ends where a comment begins, `a//b`, and a quote inside it is part of it. */
function wordAt(line: string, at: number): string {
  identifier.lastIndex = at
  const run = identifier.exec(line)?.[0] ?? ''
  const slashes = run.search(/\/[/*]/)
  return slashes < 0 ? run : run.slice(0, slashes)
}

function closingQuote(line: string, at: number): number | undefined {
  const quote = line[at]
  for (let i = at + 1; i < line.length; i++) {
    if (line[i] === quote) return i
    if (line[i] === '\\' && quote === '"') i++
  }
  return undefined
}

function describe(code: number): string {
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
}
