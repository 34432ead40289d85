import { escapePath, escapeVersion } from './escape.ts'
import { fetchBytes, fetchToFile, shownUrl, type FetchSystem } from './fetch.ts'

/** One entry of GOPROXY: an address without a slash at its end, or one of Go's two words. */
export interface ProxyEntry {
  readonly url: string
  /** Written with `|` after it: any failure leads on to the next entry, not only "not found". */
  readonly fallBackOnError: boolean
}

/** A look-up that failed. `absent`: every proxy said that it does not have it. */
export class ProxyError extends Error {
  override readonly name = 'ProxyError'
  readonly absent: boolean
  constructor(message: string, absent: boolean) {
    super(message)
    this.absent = absent
  }
}

export interface ModuleProxy {
  /** Versions that the proxy knows; it need not know all. */
  readonly list: (modulePath: string) => Promise<readonly string[]>
  readonly info: (modulePath: string, version: string) => Promise<{ readonly version: string; readonly time?: string }>
  readonly mod: (modulePath: string, version: string) => Promise<Uint8Array>
  /** Writes the module's zip to `file`; resolves to the proxy it came from, without credentials. Nothing is verified. */
  readonly zip: (modulePath: string, version: string, file: string, maxBytes?: number) => Promise<string>
}

const lookUpSeconds = 30
const zipSeconds = 600
/** x/mod/zip MaxZipFile. */
const maxZipBytes = 500 * 1024 * 1024

/**
 * Reads a GOPROXY list (cmd/go/internal/modfetch/proxy.go, proxyList): entries parted by `,` or `|`, ended by `direct` or
 * `off`, `https://` implied. Throws for an address that is no http, https or file URL, without showing its credentials.
 */
export function parseGoProxy(value: string): readonly ProxyEntry[] {
  const result: ProxyEntry[] = []
  for (const part of value.match(/[^,|]*[,|]?/g) ?? []) {
    const url = part.replace(/[,|]$/, '').trim()
    if (url === '') continue
    const word = url === 'direct' || url === 'off'
    result.push({ url: word ? url : checkUrl(url), fallBackOnError: part.endsWith('|') })
    if (word) break
  }
  return result
}

/** True for `file://…` alone: the one case in which Go takes a toolchain without its checksum (modfetch/sumdb.go, useSumDB). */
export function isSingleFileProxy(value: string): boolean {
  return value.startsWith('file://') && !/[,|]/.test(value)
}

/**
 * Asks entry after entry, as cmd/go does (modfetch/proxy.go, TryProxies): the next one only when this one does not have it, or
 * fails and was written with `|`. Throws the most telling error: a failure before an absence.
 */
export async function tryProxies<T>(entries: readonly ProxyEntry[], ask: (url: string) => Promise<T>): Promise<T> {
  let best: ProxyError | undefined
  for (const entry of entries) {
    try {
      return await ask(entry.url)
    } catch (error) {
      const failed = error instanceof ProxyError ? error : new ProxyError(messageOf(error), false)
      if (best === undefined || (best.absent && !failed.absent)) best = failed
      if (!failed.absent && !entry.fallBackOnError) break
    }
  }
  throw best ?? new ProxyError('GOPROXY names no proxy', true)
}

/** The module proxies that a GOPROXY value names. Methods throw ProxyError; nothing they return is verified. */
export function createModuleProxy(system: FetchSystem, goproxy: string): ModuleProxy {
  const entries = parseGoProxy(goproxy)
  const get = (modulePath: string, file: string): Promise<Uint8Array> =>
    tryProxies(entries, async (proxy) => {
      const url = proxyUrl(proxy, modulePath, file)
      const { status, body } = await fetchBytes(system, url, { timeoutSeconds: lookUpSeconds })
      checkStatus(url, status)
      return body
    })
  return {
    async list(modulePath) {
      const lines = text(await get(modulePath, 'list')).split('\n')
      return lines.map((line) => line.trim().split(' ')[0] ?? '').filter((version) => version !== '')
    },
    async info(modulePath, version) {
      return parseInfo(text(await get(modulePath, `${escapeVersion(version)}.info`)))
    },
    mod: (modulePath, version) => get(modulePath, `${escapeVersion(version)}.mod`),
    zip: (modulePath, version, file, maxBytes = maxZipBytes) =>
      tryProxies(entries, async (proxy) => {
        const url = proxyUrl(proxy, modulePath, `${escapeVersion(version)}.zip`)
        const { status } = await fetchToFile(system, url, file, { timeoutSeconds: zipSeconds, maxBytes })
        checkStatus(url, status)
        return shownUrl(proxy)
      }),
  }
}

function proxyUrl(proxy: string, modulePath: string, file: string): string {
  if (proxy === 'off') throw new ProxyError('module look-ups are switched off (GOPROXY=off)', true)
  if (proxy === 'direct') throw new ProxyError('GOPROXY leads to "direct", and version control is not asked here', true)
  return `${proxy}/${escapePath(modulePath)}/@v/${file}`
}

/** 404 and 410 say that it is not there (https://go.dev/ref/mod#goproxy-protocol); anything else is a failure. */
function checkStatus(url: string, status: number): void {
  if (status === 200) return
  throw new ProxyError(`${shownUrl(url)}: HTTP status ${String(status)}`, status === 404 || status === 410)
}

function checkUrl(value: string): string {
  const url = /[.:/]/.test(value) && !value.includes(':/') && !value.startsWith('/') ? `https://${value}` : value
  const trimmed = url.replace(/\/{1,100}$/, '')
  if (URL.canParse(url)) {
    const parsed = new URL(url)
    if (parsed.protocol === 'https:' || parsed.protocol === 'http:') return trimmed
    if (parsed.protocol === 'file:' && parsed.host === '' && parsed.search === '' && parsed.hash === '') return trimmed
  }
  const shown = JSON.stringify(shownUrl(value))
  throw new ProxyError(`GOPROXY holds ${shown}, which is no http, https or file address, nor direct or off`, false)
}

function parseInfo(json: string): { readonly version: string; readonly time?: string } {
  let parsed: unknown
  try {
    parsed = JSON.parse(json)
  } catch {
    parsed = undefined
  }
  const record = typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : {}
  if (typeof record.Version !== 'string')
    throw new ProxyError('the proxy answered with something that is no .info', false)
  return { version: record.Version, ...(typeof record.Time === 'string' ? { time: record.Time } : {}) }
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
