import { blankOut } from './go-text.ts'

/** A file that only refuses is short; longer ones are not looked at, which also bounds the work on hostile input. */
const longestStub = 64 * 1024
const longestHead = 4000
const longestRead = 512 * 1024
/** What a function may call and still do nothing: it makes an error, and gives up. */
const harmlessCalls = /^(?:errors\.New|errors\.Join|fmt\.Errorf|panic|error|string|int|len|new)$/
const refusal =
  /\berrors\.New\(|\bfmt\.Errorf\(|\bpanic\(|\b[\p{L}\p{N}_.]{0,100}(?:[eE]rr|ErrorMsg|errorMsg|ENOSYS|ENOTSUP|EOPNOTSUPP)/u
const call = /([\p{L}_][\p{L}\p{N}_.]{0,200})\s?\(/gu
const loop = /(?<![\p{L}\p{N}_.])(?:for|go|select|switch|range)(?![\p{L}\p{N}_])/u

/**
 * True when the Go files that stand in for cgo code only refuse to work: no function does anything but return an error,
 * panic or give a constant back, and at least one refuses. A heuristic: what it says is "likely", never "certain".
 */
export function isStub(sources: readonly string[]): boolean {
  if (sources.length === 0 || sources.some((source) => source.length > longestStub)) return false
  const bodies = sources.flatMap(functionBodies)
  return bodies.every(({ name, body }) => name === 'init' || doesNothing(body)) && bodies.some(refuses)
}

/** Exported functions and methods of files that do something. */
export function workingNames(sources: readonly string[]): readonly string[] {
  const bodies = sources.filter((source) => source.length <= longestRead).flatMap(functionBodies)
  return exportedNames(bodies.filter(({ body }) => !doesNothing(body)))
}

/** Exported functions and methods of a stub that refuse. */
export function refusingNames(sources: readonly string[]): readonly string[] {
  return exportedNames(sources.flatMap(functionBodies).filter(refuses))
}

function exportedNames(bodies: readonly FunctionBody[]): readonly string[] {
  return [...new Set(bodies.map(({ name }) => name).filter((name) => /^\p{Lu}/u.test(name)))]
}

/** The text of the first error that a stub makes, at most 200 characters of it. */
export function stubError(sources: readonly string[]): string | undefined {
  for (const source of sources) {
    const text = /(?:errors\.New|fmt\.Errorf|panic)\(\s?"((?:[^"\\\n]|\\.){1,500})"/.exec(blankOut(source, false))?.[1]
    if (text !== undefined) return text.replaceAll(/\\(["\\])/g, '$1').slice(0, 200)
  }
  return undefined
}

interface FunctionBody {
  readonly name: string
  readonly body: string
}

function refuses({ body }: FunctionBody): boolean {
  return refusal.test(body)
}

function doesNothing(body: string): boolean {
  if (loop.test(body)) return false
  return [...body.matchAll(call)].every(([, name = '']) => harmlessCalls.test(name) || name === 'return')
}

/** The functions of a file with their bodies, comments and strings blanked. One pass over the braces. */
function functionBodies(source: string): readonly FunctionBody[] {
  const code = blankOut(source, true)
  const found: FunctionBody[] = []
  for (const start of code.matchAll(/^func\b/gm)) {
    const head = code.slice(start.index, start.index + longestHead)
    const name = /^func\s(?:\([^()]{0,300}\)\s?)?([\p{L}\p{N}_]{1,200})/u.exec(head)?.[1] ?? ''
    const open = bodyStart(head)
    if (open !== undefined) found.push({ name, body: blockAt(code, start.index + open) })
  }
  return found
}

/**
 * Where the body of a function opens: the first brace outside of parentheses that no type owns. Undefined for a function
 * without one, whose body is in assembly.
 */
function bodyStart(head: string): number | undefined {
  let depth = 0
  for (let at = 0; at < head.length; at++) {
    const char = head[at]
    if (char === '\n' && depth === 0) return undefined
    if (char === '(' || char === '[') depth++
    else if (char === ')' || char === ']') depth--
    else if (char === '{' && depth === 0 && !/(?:struct|interface)\s?$/.test(head.slice(Math.max(0, at - 12), at))) {
      return at
    } else if (char === '{') depth++
    else if (char === '}') depth--
  }
  return undefined
}

function blockAt(code: string, open: number): string {
  let depth = 0
  for (let at = open; at < code.length; at++) {
    if (code[at] === '{') depth++
    else if (code[at] === '}' && --depth === 0) return code.slice(open + 1, at)
  }
  return code.slice(open + 1)
}
