import type { MessagePosition } from '../domain/message.ts'
import type { ModuleVersion } from '../domain/module.ts'

/** A line that begins with a position: where, and what is said of it. */
export interface Positioned {
  readonly position: MessagePosition
  readonly text: string
}

const fileTypes: ReadonlySet<string> = new Set(
  'go s S c h cc cpp cxx hh hpp hxx m mm f F f90 swig swigcxx y mod sum work txt tmpl rl'.split(' '),
)
const maxFile = 1000
const mostDigits = 7
/** What a file without a folder before it never holds: blanks would let any sentence with a colon be one. */
const noBareName = /[\s"'`(]/
/** The same for a file whose path begins as a path does. */
const noPath = /["'`]/
const pathStart = /^(?:[A-Za-z]:)?\.{0,2}[\\/]/

/**
 * Takes `file:line: text` or `file:line:col: text` apart; undefined for any other line. Line 0 is no position. Written by
 * hand because a log may have millions of such lines.
 */
export function parsePosition(line: string): Positioned | undefined {
  const end = line.indexOf(':', startsWithDrive(line) ? 2 : 0)
  if (end < 1 || end > maxFile) return undefined
  const dot = line.lastIndexOf('.', end)
  if (dot < 0 || !fileTypes.has(line.slice(dot + 1, end))) return undefined
  const row = numberAt(line, end + 1)
  if (row === undefined || row.value < 1 || line.charCodeAt(row.end) !== colon) return undefined
  const file = line.slice(0, end)
  if (noBareName.test(file) && (noPath.test(file) || !pathStart.test(file))) return undefined
  const named = file.includes('\\') ? file.replaceAll('\\', '/') : file
  const column = numberAt(line, row.end + 1)
  if (column === undefined || line.charCodeAt(column.end) !== colon)
    return { position: { file: named, line: row.value }, text: afterBlank(line, row.end + 1) }
  const position =
    column.value < 1 ? { file: named, line: row.value } : { file: named, line: row.value, column: column.value }
  return { position, text: afterBlank(line, column.end + 1) }
}

const colon = 58

function startsWithDrive(line: string): boolean {
  return line.charCodeAt(1) === colon && /^[A-Za-z]:[\\/]/.test(line)
}

/** The decimal number, of seven digits at most, at a place of a text; `end` is where it stops. */
function numberAt(text: string, start: number): { readonly value: number; readonly end: number } | undefined {
  let value = 0
  let end = start
  for (; ; end++) {
    const digit = text.charCodeAt(end) - 48
    if (!(digit >= 0 && digit <= 9)) break
    if (end - start === mostDigits) return undefined
    value = value * 10 + digit
  }
  return end === start ? undefined : { value, end }
}

function afterBlank(text: string, start: number): string {
  return text.slice(text.charCodeAt(start) === 32 ? start + 1 : start)
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
