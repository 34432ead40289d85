import type { MessagePosition } from '../domain/message.ts'
import type { ModuleVersion } from '../domain/module.ts'

/** A line that begins with a position: where, and what is said of it. */
export interface Positioned {
  readonly position: MessagePosition
  readonly text: string
}

// The file has no colon but that of a drive, so the pattern has one way to match and cannot backtrack far.
const withoutBlanks = /^((?:[A-Za-z]:[\\/])?[^\s:"'`(]{1,1000}):(\d{1,7})(?::(\d{1,7}))?: ?/
const withBlanks = /^((?:[A-Za-z]:)?(?:\.{0,2}[\\/])[^:"'`]{1,1000}):(\d{1,7})(?::(\d{1,7}))?: ?/
const fileName = /\.(?:go|s|S|c|h|cc|cpp|cxx|hh|hpp|hxx|m|mm|f|F|f90|swig|swigcxx|y|mod|sum|work|txt|tmpl|rl)$/

/** Takes `file:line: text` or `file:line:col: text` apart; undefined for any other line. Line 0 is no position. */
export function parsePosition(line: string): Positioned | undefined {
  const found = withoutBlanks.exec(line) ?? withBlanks.exec(line)
  const [whole, file, row, column] = found ?? []
  if (whole === undefined || file === undefined || row === undefined) return undefined
  if (!fileName.test(file) || Number(row) < 1) return undefined
  const position = { file: file.replaceAll('\\', '/'), line: Number(row) }
  const text = line.slice(whole.length)
  return column === undefined || Number(column) < 1
    ? { position, text }
    : { position: { ...position, column: Number(column) }, text }
}

/**
 * The module that owns a file in a module cache, wherever that is: `…/pkg/mod/github.com/!burnt!sushi/toml@v1.2.0/decode.go`,
 * `!` escapes undone (golang.org/x/mod/module, EscapePath). Undefined for a file outside one.
 */
export function moduleOfFile(file: string): ModuleVersion | undefined {
  const at = file.indexOf('@v')
  if (at < 0) return undefined
  const end = file.indexOf('/', at)
  if (end < 0) return undefined
  const version = file.slice(at + 1, end)
  if (!/^v\d/.test(version)) return undefined
  const before = file.slice(0, at)
  const cache = before.lastIndexOf('/pkg/mod/')
  const escaped = cache >= 0 ? before.slice(cache + '/pkg/mod/'.length) : fromHost(before)
  return escaped === '' ? undefined : { path: unescape(escaped), version: unescape(version) }
}

/** Under another GOMODCACHE nothing marks where the module path begins but its first element, which is a host name. */
function fromHost(path: string): string {
  const parts = path.split('/')
  const start = parts.findIndex((part) => /^[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)+$/.test(part))
  return start < 0 ? '' : parts.slice(start).join('/')
}

export function unescape(text: string): string {
  return text.includes('!') ? text.replace(/!([a-z])/g, (_, letter: string) => letter.toUpperCase()) : text
}

const inUrl = /\/\/[^\s/"]{1,300}\/([^\s"]{1,600}?)\/@v\/(v[^\s"/]{1,200})\.(?:info|mod|zip)\b/
const inText = /(?:^|[\s"'(])([A-Za-z0-9][\w.~!/-]{0,500})@(v\d[\w.+~!-]{0,200})/
const spaced = /^([\w.~-]{1,200}\.[\w.~/-]{1,500}) (v\d[\w.+-]{0,200}): /

/** The module at a version that a text names first, as `path@v1.2.3`, in a proxy's URL, or as `go mod verify` writes it. */
export function moduleOfText(text: string): ModuleVersion | undefined {
  if (!text.includes('v')) return undefined
  const [, path, version] = inText.exec(text) ?? spaced.exec(text) ?? inUrl.exec(text) ?? []
  if (path === undefined || version === undefined) return undefined
  return { path: unescape(path), version: unescape(version).replace(/[.,]$/, '') }
}
