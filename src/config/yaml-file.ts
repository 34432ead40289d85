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

export interface YamlOptions {
  /** Follow aliases; without it they are problems, so that a line of the file is the only place where a thing is said. */
  readonly aliases?: boolean
}

const mostDepth = 20
const mostProblems = 20
/** A short file can stand for an endless one where aliases are followed. */
const mostValues = 50_000

/**
 * Reads a YAML file in which every scalar is text as it is written (`6`, `true` and `2027-03-31` included). Never throws:
 * what is wrong is in `problems`; of a file that is no YAML nothing is in `root`.
 */
export function readYaml(text: string, options: YamlOptions = {}): YamlFile {
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
    if (document.errors.length > 0)
      return { root: { kind: 'empty', line: 1 }, problems: problems.slice(0, mostProblems) }
    const root = createConverter(lineOf, options, problems)(document.contents)
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

function createConverter(
  lineOf: (offset: number | undefined) => number,
  options: YamlOptions,
  problems: YamlProblem[],
): (node: Node | null) => YamlValue {
  const anchors = new Map<string, Node>()
  let left = mostValues

  const convert = (node: Node | null | undefined, depth: number): YamlValue => {
    const line = lineOf(node?.range?.[0])
    const refuse = (message: string): YamlValue => {
      problems.push({ line, message })
      return { kind: 'empty', line }
    }
    if (node === null || node === undefined) return { kind: 'empty', line }
    if (depth > mostDepth) return refuse('this is nested too deeply')
    if (left-- <= 0) return left === -1 ? refuse('there are too many values') : { kind: 'empty', line }
    if (isAlias(node)) {
      if (options.aliases === true) return convert(anchors.get(node.source), depth + 1)
      return refuse('aliases are not understood; write the value out (a word that begins with * stands in quotes)')
    }
    if (node.anchor !== undefined) anchors.set(node.anchor, node)
    if (isScalar(node)) {
      const text = typeof node.value === 'string' ? node.value : (node.source ?? '')
      return text === '' && node.type === 'PLAIN' ? { kind: 'empty', line } : { kind: 'text', line, text }
    }
    if (isSeq(node)) {
      return { kind: 'list', line, items: node.items.map((item) => convert(item as Node, depth + 1)) }
    }
    if (!isMap(node)) return { kind: 'empty', line }
    const seen = new Map<string, number>()
    const entries = node.items.map((pair): YamlEntry => {
      const key = pair.key as Node | null
      const at = key === null ? line : lineOf(key.range?.[0])
      const name = isScalar(key) ? String(key.value) : ''
      const before = seen.get(name)
      if (before !== undefined)
        problems.push({ line: at, message: `"${name}" is there twice, in line ${before} as well` })
      seen.set(name, at)
      const value = convert(pair.value as Node | null, depth + 1)
      return { key: name, line: at, value: value.kind === 'empty' ? { kind: 'empty', line: at } : value }
    })
    return { kind: 'map', line, entries }
  }
  return (node) => convert(node, 0)
}
