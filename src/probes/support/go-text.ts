import { Buffer } from 'node:buffer'

// What the cgo probe reads in Go source without a compiler. Every pattern runs over text whose comments and strings are
// blanks, and none can backtrack without bound.

const identifier = '[\\p{L}_][\\p{L}\\p{N}_]{0,200}'
const declared = new RegExp(`^(?:func|type|var|const)[ \\t]+(${identifier})`, 'gmu')
const grouped = new RegExp(`^\\t(${identifier})`, 'u')
const groupStart = /^(?:type|var|const)[ \t]*\($/

/** The code without comments and, when asked, without what is in strings; every line keeps its number. */
export function blankOut(source: string, strings: boolean): string {
  const pattern = /\/\/[^\n]*|\/\*[^]*?(?:\*\/|$)|`[^`]*(?:`|$)|"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?/g
  return source.replace(pattern, (part) => (part.startsWith('/') || strings ? part.replace(/[^\n]/g, ' ') : part))
}

/** Functions, types, variables and constants that a file declares at its top level, as gofmt writes them; methods aside. */
export function declaredNames(source: string): ReadonlySet<string> {
  const code = blankOut(source, true)
  const names = new Set([...code.matchAll(declared)].map((found) => found[1] ?? ''))
  let inGroup = false
  for (const line of code.split('\n')) {
    if (groupStart.test(line.trimEnd())) inGroup = true
    else if (line.startsWith(')')) inGroup = false
    const name = inGroup ? grouped.exec(line)?.[1] : undefined
    if (name !== undefined) names.add(name)
  }
  names.delete('init')
  names.delete('main')
  names.delete('_')
  return names
}

/**
 * Which of the names the code of a file calls or converts to (`name(`), by its text. With a qualifier, which of them it
 * names behind that: `zstd.Compress`.
 */
export function namesUsed(source: string, names: ReadonlySet<string>, qualifier?: string): readonly string[] {
  const code = blankOut(source, true)
  const pattern =
    qualifier === undefined
      ? new RegExp(`(?<![.\\p{L}\\p{N}_])(${identifier})\\(`, 'gu')
      : new RegExp(`(?<![.\\p{L}\\p{N}_])${qualifier}\\.(${identifier})`, 'gu')
  const found = new Set<string>()
  for (const [, name = ''] of code.matchAll(pattern)) if (names.has(name)) found.add(name)
  return [...found].sort()
}

/** The place of the import of a path in a file, both counted from 1; undefined when it does not import it. */
export function importPlace(
  source: string,
  importPath: string,
): { readonly line: number; readonly column: number } | undefined {
  const quoted = `"${importPath}"`
  const lines = blankOut(source, false).split('\n')
  for (const [index, line] of lines.entries()) {
    const at = line.indexOf(quoted)
    if (at >= 0 && /^\s*(?:import\b)?[\s(]*(?:[\p{L}\p{N}_.]{1,200})?\s*$/u.test(line.slice(0, Math.min(at, 400)))) {
      return { line: index + 1, column: Buffer.byteLength(line.slice(0, at)) + 1 }
    }
  }
  return undefined
}

/** The line of a file's package clause; 1 when it has none. */
export function packageClauseLine(source: string): number {
  const at = blankOut(source, true)
    .split('\n')
    .findIndex((line) => /^\s*package\s/.test(line))
  return at < 0 ? 1 : at + 1
}
