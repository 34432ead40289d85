import { boundedLines, cut, oneLine } from './visible.ts'

/** A piece of prose: words, or something of a machine (a path, a version, a symbol) that reads better as code. */
export interface Span {
  readonly code: boolean
  readonly text: string
}

/**
 * What makes a word technical. Such words become code spans, because there Markdown, autolinks (GFM 6.9, which looks
 * at unescaped text too), mentions, issue references, commit ids, emoji names and `$math$` all have no meaning.
 */
const technical = [
  /[@/\\_*#~$&<>[\]{}|`^=%]/,
  /[\p{L}\p{N}][.:][\p{L}\p{N}]/u,
  /::|^[:+-]./,
  /^gh-\d/i,
  /^(?=.*\d)[0-9a-f]{7,40}$/i,
  /www(\.|$)/i,
]
const plainNumber = /^\d{1,9}\.\d{1,9}$/
const abbreviations = new Set(['e.g', 'i.e'])
const opening = new Set('("\'“‘«')
const closing = new Set(')"\'”’».,;:!?…')

/** Prose cut into words and code. `backticks` in it mark code, as rules write them; its white space is one space. */
export function spans(text: string, max = 2000): readonly Span[] {
  const out: Span[] = []
  const add = (span: Span): void => {
    const last = out.at(-1)
    if (span.text === '') return
    if (last !== undefined && !last.code && !span.code) out[out.length - 1] = { ...last, text: last.text + span.text }
    else out.push(span)
  }
  const line = oneLine(text, max)
  let rest = 0
  while (rest < line.length) {
    const open = line.indexOf('`', rest)
    const close = open === -1 ? -1 : line.indexOf('`', open + 1)
    // An empty pair or a lone backtick is no markup of a rule's: the words around it are judged one by one.
    const marked = close > open + 1 && line.slice(open + 1, close).trim() !== ''
    for (const span of words(line.slice(rest, marked ? open : close === -1 ? undefined : close + 1))) add(span)
    if (marked) add({ code: true, text: line.slice(open + 1, close).trim() })
    rest = close === -1 ? line.length : close + 1
  }
  return out
}

function words(text: string): readonly Span[] {
  return text.split(/( )/).flatMap((word) => {
    let start = 0
    let end = word.length
    while (start < end && opening.has(word.charAt(start))) start += 1
    while (end > start && closing.has(word.charAt(end - 1))) end -= 1
    // `foo(bar)` and `%s"` keep what they opened.
    if (word.slice(start, end).includes('(')) while (word.charAt(end) === ')') end += 1
    const core = word.slice(start, end)
    if (core === '' || !isTechnical(core)) return [{ code: false, text: word }]
    return [
      { code: false, text: word.slice(0, start) },
      { code: true, text: core },
      { code: false, text: word.slice(end) },
    ]
  })
}

function isTechnical(word: string): boolean {
  if (plainNumber.test(word) || abbreviations.has(word.toLowerCase())) return false
  return technical.some((pattern) => pattern.test(word))
}

/** Prose of anybody as inline Markdown that shows its words and nothing else. `cell`: for a table's cell. */
export function prose(text: string, options: { readonly max?: number; readonly cell?: boolean } = {}): string {
  return joinInline(
    spans(text, options.max).map((span) => (span.code ? code(span.text, options) : escapeWords(span.text))),
  )
}

/** Inline Markdown pieces side by side: two code spans that touch would read as one with another fence. */
export function joinInline(pieces: readonly string[]): string {
  return pieces.reduce(
    (all, piece) => (all.endsWith('`') && piece.startsWith('`') ? `${all} ${piece}` : all + piece),
    '',
  )
}

function escapeWords(text: string): string {
  return text
    .replace(/[\\`*_{}[\]<>#|~&$@^]/g, '\\$&')
    .replace(/(^|\s)([-+=:])/g, '$1\\$2')
    .replace(/(^|\s)(\d{1,9})([.)])(?=\s|$)/g, '$1$2\\$3')
}

/** A code span that holds exactly the text, whatever backticks are in it; in a table's cell `|` becomes `¦`. */
export function code(text: string, options: { readonly max?: number; readonly cell?: boolean } = {}): string {
  const line = oneLine(text, options.max ?? 300) || '(empty)'
  const content = options.cell === true ? line.replaceAll('|', '¦') : line
  const fence = '`'.repeat(longestRun(content) + 1)
  const pad = content.startsWith('`') || content.endsWith('`') ? ' ' : ''
  return fence + pad + content + pad + fence
}

/** Prose inside an HTML block of ours (a `<summary>`), where Markdown does not reach. */
export function proseHtml(text: string, max = 300): string {
  return spans(text, max)
    .map((span) => (span.code ? `<code>${entities(span.text)}</code>` : entities(span.text)))
    .join('')
}

/** A technical word inside an HTML block of ours. */
export function codeHtml(text: string, max = 200): string {
  return `<code>${entities(oneLine(text, max))}</code>`
}

function entities(text: string): string {
  return text.replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`)
}

/** A short name for a table's heading (`arm/6`), plain when it is as harmless as they all are, else code. */
export function heading(text: string): string {
  return /^[a-z0-9]{1,20}(\/[a-z0-9.,]{1,20})?$/.test(text) ? text : code(text, { max: 40, cell: true })
}

/** A fenced block whose fence is longer than any run of backticks inside. `info` is ours, never the module's. */
export function fenced(
  text: string,
  info: 'text' | 'sh' | 'diff' | 'mermaid',
  limits: { readonly maxLines: number; readonly maxChars: number },
): string {
  const content = boundedLines(text, limits.maxLines, limits.maxChars).join('\n')
  const fence = '`'.repeat(Math.max(3, longestRun(content) + 1))
  return `${fence}${info}\n${content}\n${fence}`
}

function longestRun(text: string): number {
  let longest = 0
  for (const run of text.match(/`+/g) ?? []) longest = Math.max(longest, run.length)
  return longest
}

/** A link whose label is Markdown of ours already; without a usable address only the label. */
export function link(label: string, url: string | undefined): string {
  const address = url === undefined ? undefined : safeUrl(url)
  return address === undefined ? label : `[${label}](${address})`
}

/** An http(s) address in which nothing ends a link, a cell or an attribute; undefined for anything else. */
export function safeUrl(url: string): string | undefined {
  if (url.length > 2000) return undefined
  try {
    const parsed = new URL(url)
    if (parsed.protocol !== 'https:' && parsed.protocol !== 'http:') return undefined
    return parsed.href
      .replace(/[^\w\-.~:/?#@!$&+,;=%]/gu, (character) => encodeURIComponent(character).replace(/[()*'!]/g, hexOf))
      .replaceAll('&', '&amp;')
  } catch {
    return undefined
  }
}

function hexOf(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`
}

/**
 * Text for a Mermaid label between quotes. Letters, digits and the few marks of paths and versions stay; the rest
 * becomes `·`, so that no quote, bracket, backtick, HTML, entity, directive (`%%{`) or `click` of a module's acts.
 */
export function mermaidLabel(text: string, max = 60): string {
  const line = oneLine(text, 300)
  const short = line.length <= max ? line : `${cut(line, Math.floor(max / 2))}${line.slice(-Math.floor(max / 2) + 1)}`
  return short.replace(/[^\p{L}\p{N} ./@+~…-]/gu, '·').replace(/^[-+\s]+|^(\d+)\.(?=\s|$)/g, '·')
}
