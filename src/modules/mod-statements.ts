import { lexLines, type LexedLine } from './mod-lexer.ts'
import { quoted, type ProblemList } from './problems.ts'

/** One directive with its arguments; a block `require ( … )` yields one statement for each of its lines. */
export interface Statement {
  readonly line: number
  readonly verb: string
  readonly args: readonly string[]
  /** The comment at the end of the line, with its slashes. */
  readonly suffix?: string
  /** The text of the comments that belong to the line, without slashes; those of the block when the line has none. */
  readonly comments: readonly string[]
  /** True after a conflict marker: what comes twice is then the other side of the merge. */
  readonly afterConflict: boolean
}

interface Block {
  readonly verb: string
  readonly known: boolean
  readonly line: number
  readonly comments: readonly string[]
  lines: number
}

/**
 * Reads the directives of a go.mod or go.work file, blocks opened out, in order. `blockVerbs` are the directives that may
 * have a block. Reports what the grammar does not allow and goes on (grammar: golang.org/x/mod/modfile/read.go).
 */
export function* readStatements(
  text: string,
  blockVerbs: ReadonlySet<string>,
  problems: ProblemList,
): Generator<Statement> {
  let block: Block | undefined
  let before: string[] = []
  // A blank line above a line of a block cuts it off from the comments of the block.
  let gap = false
  let afterConflict = false
  for (const lexed of lexLines(text, problems)) {
    const { tokens, number: line, comment } = lexed
    afterConflict ||= lexed.conflict
    const [first] = tokens
    if (first === undefined) {
      if (comment !== undefined) before.push(commentText(comment))
      else if (block === undefined) before = []
      else gap ||= block.lines > 0 || before.length > 0
      continue
    }
    if (block !== undefined && opensBlock(tokens) && blockVerbs.has(first)) {
      problems.add(block.line, `the block that begins here is not closed before line ${String(line)}: add \`)\``)
      block = undefined
    }
    const suffix = comment === undefined ? [] : [commentText(comment)]
    if (block === undefined && opensBlock(tokens)) {
      const verb = tokens.slice(0, -1).join(' ')
      const known = blockVerbs.has(verb)
      if (!known && !lexed.broken) problems.add(line, `${quoted(verb)} is no directive that can have a block`)
      block = { verb, known, line, comments: before, lines: 0 }
    } else if (block === undefined) {
      if (!lexed.broken && !isEmptyBlock(tokens, blockVerbs)) {
        yield statement(lexed, first, tokens.slice(1), [...before, ...suffix], afterConflict)
      }
    } else if (first === ')') {
      if (tokens.length > 1) problems.add(line, 'nothing but a comment may follow the `)` that closes a block')
      block = undefined
    } else {
      block.lines++
      const own = [...before, ...suffix]
      if (block.known && !lexed.broken) {
        yield statement(lexed, block.verb, tokens, own.length > 0 || gap ? own : block.comments, afterConflict)
      }
    }
    before = []
    gap = false
  }
  if (block !== undefined) problems.add(block.line, 'the block that begins here is never closed: add `)`')
}

function statement(
  lexed: LexedLine,
  verb: string,
  args: readonly string[],
  comments: readonly string[],
  afterConflict: boolean,
): Statement {
  const suffix = lexed.comment === undefined ? {} : { suffix: lexed.comment }
  return { line: lexed.number, verb, args, comments, afterConflict, ...suffix }
}

/** `(` at the end of a line opens a block; a line that only holds it does not. */
function opensBlock(tokens: readonly string[]): boolean {
  return tokens.length > 1 && tokens.at(-1) === '('
}

function isEmptyBlock(tokens: readonly string[], blockVerbs: ReadonlySet<string>): boolean {
  return tokens.length === 3 && tokens[1] === '(' && tokens[2] === ')' && blockVerbs.has(tokens[0] ?? '')
}

function commentText(comment: string): string {
  return comment.slice(2).trim()
}
