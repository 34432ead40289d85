import { messageBlock, type Message } from '../../domain/message.ts'

const maxLine = 2000
const maxLines = 60

/**
 * A message as rules read it: text and detail, `go: ` and `go build path: ` prefixes gone, every line cut to 2000
 * characters. The cut keeps a hostile line from making any pattern slow.
 */
export function plain(message: Message): string {
  const lines = messageBlock(message).split('\n', maxLines)
  return stripPrefix(lines.map((line) => line.slice(0, maxLine).trimEnd()).join('\n'))
}

/** Cuts what the go command sets before its own errors: `go: `, and `go build example.com/m: ` up to Go 1.19. */
export function stripPrefix(text: string): string {
  return text
    .replace(/^(?:\w{1,20}: )?(?=go: )/, '')
    .replace(/^go: /, '')
    .replace(/^go (?:build|get|install|vet|test|list|run)(?: [^\s:]{1,300})?: /, '')
}

/** The lines of a block, each without surrounding blanks. */
export function linesOf(block: string): readonly string[] {
  return block.split('\n').map((line) => line.trim())
}

/** `a, b, c and 4 more`: a list that stays readable however long it is. */
export function enumerate(items: readonly string[], most = 5, last: 'and' | 'or' = 'and'): string {
  const shown = items.slice(0, most)
  const rest = items.length - shown.length
  if (rest > 0) return `${shown.join(', ')} ${last} ${rest} more`
  if (shown.length < 2) return shown.join('')
  return `${shown.slice(0, -1).join(', ')} ${last} ${shown[shown.length - 1] ?? ''}`
}

/** Cuts a text for use inside a sentence. */
export function clip(text: string, most = 200): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text
}

/** `path@version` taken apart; version empty when there is none. */
export function splitModule(text: string): { readonly path: string; readonly version: string } {
  const at = text.indexOf('@')
  return at < 0 ? { path: text, version: '' } : { path: text.slice(0, at), version: text.slice(at + 1) }
}

const moduleToken = /^([^\s@:]+[./][^\s@:]*)@(v\d[^\s@:,;/]*|latest|upgrade|patch)(?:\/go\.mod)?[:,;.]?$/

/**
 * The `module@version` that a block is about: the last on the first line that names one, for the go command sets what was
 * asked for before what it was working on; else the message's own module.
 */
export function moduleIn(
  block: string,
  message?: Message,
): { readonly path: string; readonly version: string } | undefined {
  for (const line of block.split('\n')) {
    const found = line
      .split(/[\s"'()]+/)
      .filter((token) => token.length <= 500)
      .map((token) => moduleToken.exec(token))
      .findLast((match) => match !== null && !/^[-./]/.test(match[1] ?? ''))
    const [, path, version] = found ?? []
    if (path !== undefined && version !== undefined) return { path, version }
  }
  return message?.module
}
