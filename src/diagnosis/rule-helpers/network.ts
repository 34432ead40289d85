import { splitModule } from './text.ts'

/** What went wrong on the way to a server, from what Go, git or their HTTP client printed. */
export interface NetworkFault {
  readonly kind:
    | 'unauthorized'
    | 'forbidden'
    | 'not-found'
    | 'outage'
    | 'refused'
    | 'dns'
    | 'tls-trust'
    | 'tls-plain'
    | 'timeout'
    | 'truncated'
  readonly url?: string
  readonly host?: string
  readonly status?: number
  /** What the server said beside the status. */
  readonly response?: string
}

/**
 * Reads the network fault out of a message of the go command about a proxy, a database or a go-get page; undefined when
 * there is none. One fault per message, so that the rules that ask share the cases between them without overlap.
 */
export function networkFault(block: string): NetworkFault | undefined {
  const url = urlIn(block)
  const at = url === undefined ? {} : { url, ...hostOf(url) }
  const status = /\breading [^\s]+: (\d{3}) |: (\d{3}) (?:[A-Z][A-Za-z]+)(?: [A-Z][A-Za-z]+){0,4}$/m.exec(block)
  const code = Number(status?.[1] ?? status?.[2] ?? 0)
  const kind = kindOfStatus(code)
  if (kind !== undefined) {
    const response = /\n\s*server response:\s*([^\n]{1,300})/.exec(block)?.[1]
    return { ...at, kind, status: code, ...(response === undefined ? {} : { response }) }
  }
  if (/reading file:\/\/[^\s]+: (?:no such file or directory|The system cannot find)/.test(block)) {
    return { ...at, kind: 'not-found' }
  }
  const plain = kindOfText(block)
  if (plain === undefined) return undefined
  const looked = /lookup ([^\s:]+)/.exec(block)?.[1]
  return { ...at, kind: plain, ...(plain === 'dns' && looked !== undefined ? { host: looked } : {}) }
}

function kindOfStatus(code: number): NetworkFault['kind'] | undefined {
  if (code === 401 || code === 407) return 'unauthorized'
  if (code === 403 || code === 451) return 'forbidden'
  if (code === 404 || code === 410) return 'not-found'
  if (code === 429 || code >= 500) return 'outage'
  return undefined
}

function kindOfText(block: string): NetworkFault['kind'] | undefined {
  if (block.includes('x509: ')) return 'tls-trust'
  if (/first record does not look like a TLS handshake|server gave HTTP response to HTTPS client/.test(block)) {
    return 'tls-plain'
  }
  if (/lookup [^\s]+(?: on [^\s]+)?: /.test(block)) return 'dns'
  if (
    /connection refused|connection reset by peer|no route to host|network is unreachable|actively refused/.test(block)
  ) {
    return 'refused'
  }
  if (
    /context deadline exceeded|Client\.Timeout exceeded|TLS handshake timeout|i\/o timeout|timeout awaiting response headers|operation timed out/i.test(
      block,
    )
  ) {
    return 'timeout'
  }
  if (/(?:Get|read|Post) "[^"]+": (?:unexpected )?EOF|: unexpected EOF/.test(block)) return 'truncated'
  return undefined
}

function urlIn(block: string): string | undefined {
  return /\b((?:https?|file):\/?\/[^\s"':]*(?::\d+)?[^\s"']*?):?(?=["'\s]|$)/m.exec(block)?.[1]
}

/** The host of a URL, without credentials. */
export function hostOf(url: string): { readonly host?: string } {
  const host = /^https?:\/\/?(?:[^/@\s]*@)?([^/\s:?]+(?::\d+)?)/.exec(url)?.[1]
  return host === undefined ? {} : { host }
}

/** A URL as a report may show it: no credentials, no query. */
export function safeUrl(url: string): string {
  return url.replace(/^(https?:\/\/)[^/@\s]*@/, '$1').replace(/\?[^\s]*$/, '')
}

/** True for a message about the checksum database rather than the module itself. */
export function aboutDatabase(block: string): boolean {
  return /verifying (?:module|go\.mod): /.test(block) || /\/(?:lookup|tile|latest)\b[^\s]*sumdb|\/sumdb\//.test(block)
}

/** True for a message about a Go toolchain that the go command wanted to download. */
export function aboutToolchain(block: string): boolean {
  return /^download go\d|golang\.org\/toolchain@/.test(block)
}

/** The module and version in a proxy URL, `!` escapes undone; undefined for any other URL. */
export function moduleOfUrl(url: string): { readonly path: string; readonly version: string } | undefined {
  const looked = /\/lookup\/([^\s?"]+)$/.exec(url)?.[1]
  if (looked !== undefined) return splitModule(unescape(looked))
  const found = /^[a-z]+:\/\/?[^/]*\/(.+)\/@(?:v\/([^/\s?"]+)|latest)$/.exec(url)
  const [, path, file] = found ?? []
  if (path === undefined) return undefined
  const version = file === undefined || file === 'list' ? '' : file.replace(/\.(?:info|mod|zip)$/, '')
  return { path: unescape(path), version: unescape(version) }
}

function unescape(text: string): string {
  return text.replace(/!([a-z])/g, (_, letter: string) => letter.toUpperCase())
}
