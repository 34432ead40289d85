import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Node } from 'yaml'

/** A value of a YAML file that is nobody's friend: only strings, lists and maps, each with its line. */
export type YamlValue =
  | { readonly kind: 'text'; readonly line: number; readonly text: string }
  | { readonly kind: 'list'; readonly line: number; readonly items: readonly YamlValue[] }
  | { readonly kind: 'map'; readonly line: number; readonly entries: readonly YamlEntry[] }
  | { readonly kind: 'empty'; readonly line: number }

export interface YamlEntry {
  readonly key: string
  /** Of the key. */
  readonly line: number
  readonly value: YamlValue
}

export interface YamlProblem {
  readonly line: number
  readonly message: string
}

export interface YamlFile {
  readonly root: YamlValue
  readonly problems: readonly YamlProblem[]
}

const mostDepth = 20
const mostProblems = 20

/**
 * Reads a YAML file in which every scalar is text as it is written (`6`, `true` and `2027-03-31` included). Anchors and
 * aliases are refused, so that a short file cannot stand for a long one. Never throws: what is wrong is in `problems`;
 * of a file that is no YAML nothing is in `root`.
 */
export function readYaml(text: string): YamlFile {
  const tooDeep = deepLine(text)
  if (tooDeep !== undefined) return unreadable(tooDeep, 'this is nested too deeply')
  const counter = new LineCounter()
  const problems: YamlProblem[] = []
  const lineOf = (offset: number | undefined): number => counter.linePos(offset ?? 0).line
  try {
    const document = parseDocument(text, {
      schema: 'failsafe',
      lineCounter: counter,
      prettyErrors: false,
      stringKeys: true,
      // Compared by pairs otherwise, which takes long on a file made for it.
      uniqueKeys: false,
      logLevel: 'silent',
    })
    for (const { pos, message, code } of [...document.errors, ...document.warnings]) {
      const star = code === 'BAD_ALIAS' ? '; a key that begins with * stands in quotes' : ''
      problems.push({ line: lineOf(pos[0]), message: `this is not YAML: ${message.split('\n')[0] ?? ''}${star}` })
    }
    // What a parser makes of a file with mistakes is a guess: nothing is said about that.
    const root: YamlValue =
      document.errors.length > 0 ? { kind: 'empty', line: 1 } : convert(document.contents, lineOf, problems, 0)
    return { root, problems: problems.slice(0, mostProblems) }
  } catch (error) {
    return unreadable(1, `this cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function unreadable(line: number, message: string): YamlFile {
  return { root: { kind: 'empty', line }, problems: [{ line, message }] }
}

const mostBrackets = 64
const widestPrefix = 200

/**
 * The first line that nests deeper than anybody writes. The parser recurses at every level, and a stack that it fills can
 * end Node itself: so this is looked at before. Levels of blocks are columns; levels of brackets are counted roughly.
 */
function deepLine(text: string): number | undefined {
  let brackets = 0
  for (const [index, line] of text.split('\n').entries()) {
    for (const char of line) {
      if (char === '[' || char === '{') brackets++
      else if ((char === ']' || char === '}') && brackets > 0) brackets--
      if (brackets > mostBrackets) return index + 1
    }
    if ((/^[\s?:-]*/.exec(line)?.[0].length ?? 0) > widestPrefix) return index + 1
  }
  return undefined
}

function convert(
  node: Node | null | undefined,
  lineOf: (offset: number | undefined) => number,
  problems: YamlProblem[],
  depth: number,
): YamlValue {
  const line = lineOf(node?.range?.[0])
  if (node === null || node === undefined) return { kind: 'empty', line }
  if (depth > mostDepth) {
    problems.push({ line, message: 'this is nested too deeply' })
    return { kind: 'empty', line }
  }
  if (isAlias(node)) {
    problems.push({
      line,
      message: 'aliases are not understood; write the value out (a word that begins with * stands in quotes)',
    })
    return { kind: 'empty', line }
  }
  if (isScalar(node)) {
    const text = typeof node.value === 'string' ? node.value : (node.source ?? '')
    return text === '' && node.type === 'PLAIN' ? { kind: 'empty', line } : { kind: 'text', line, text }
  }
  if (isSeq(node)) {
    return { kind: 'list', line, items: node.items.map((item) => convert(item as Node, lineOf, problems, depth + 1)) }
  }
  if (!isMap(node)) return { kind: 'empty', line }
  const seen = new Map<string, number>()
  const entries = node.items.map((pair): YamlEntry => {
    const key = pair.key as Node | null
    const at = key?.range === undefined ? line : lineOf(key?.range?.[0])
    const name = isScalar(key) ? String(key.value) : ''
    const before = seen.get(name)
    if (before !== undefined)
      problems.push({ line: at, message: `"${name}" is there twice, in line ${before} as well` })
    seen.set(name, at)
    const value = convert(pair.value as Node | null, lineOf, problems, depth + 1)
    return { key: name, line: at, value: value.kind === 'empty' ? { kind: 'empty', line: at } : value }
  })
  return { kind: 'map', line, entries }
}
