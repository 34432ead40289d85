import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface StoredCache {
  readonly key: string
  readonly version: string
  readonly body: Buffer
}

/** How the server misbehaves; changed by a test at any time. */
export interface Misbehaviour {
  /** Status of every answer of the service itself. */
  status?: number
  /** Status of every answer of the blob storage. */
  blobStatus?: number
  /** Takes requests and never answers. */
  hang?: boolean
  /** Answer of a reservation that is refused, such as `cache write denied: …`. */
  refuse?: string
  /** What every download yields. */
  garbage?: Buffer
}

export interface CacheServer {
  readonly url: string
  /** What the runner would set for a step. */
  readonly env: Readonly<Record<string, string>>
  /** Oldest first; the newest wins among the matches of a prefix. */
  readonly entries: StoredCache[]
  /** `Method key` of each call of the service. */
  readonly calls: string[]
  readonly misbehave: Misbehaviour
  readonly close: () => Promise<void>
}

const service = '/twirp/github.actions.results.api.v1.CacheService/'

/**
 * The cache service of GitHub, version 2, as far as @actions/cache 6 asks for it: twirp in JSON to find, reserve and
 * finish an entry, and a blob storage that takes PUT and ranged GET. Entries are immutable; a prefix finds the newest.
 */
export async function startCacheServer(): Promise<CacheServer> {
  const entries: StoredCache[] = []
  const calls: string[] = []
  const misbehave: Misbehaviour = {}
  const uploads = new Map<string, Buffer>()
  let url = ''

  const answers: Readonly<Record<string, (request: Record<string, unknown>) => unknown>> = {
    GetCacheEntryDownloadURL(request) {
      const keys = [String(request.key), ...list(request.restore_keys ?? request.restoreKeys)]
      const found = findEntry(entries, keys, String(request.version))
      if (found === undefined) return { ok: false, signed_download_url: '', matched_key: '' }
      return { ok: true, signed_download_url: `${url}/blob/entry/${entries.indexOf(found)}`, matched_key: found.key }
    },
    CreateCacheEntry(request) {
      if (misbehave.refuse !== undefined) return { ok: false, signed_upload_url: '', message: misbehave.refuse }
      const taken = entries.some(({ key, version }) => key === request.key && version === request.version)
      if (taken) return { ok: false, signed_upload_url: '', message: 'cache entry with the same key already exists' }
      const id = `${String(request.version)}-${encodeURIComponent(String(request.key))}`
      return { ok: true, signed_upload_url: `${url}/blob/upload/${id}` }
    },
    FinalizeCacheEntryUpload(request) {
      const id = `${String(request.version)}-${encodeURIComponent(String(request.key))}`
      const body = uploads.get(id)
      if (body === undefined) return { ok: false, entry_id: '0', message: 'nothing was uploaded' }
      entries.push({ key: String(request.key), version: String(request.version), body })
      return { ok: true, entry_id: String(entries.length) }
    },
  }

  const server = createServer((request, response) => {
    void handle(request, response)
  })
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readAll(request)
    const target = request.url ?? ''
    if (misbehave.hang === true) return
    if (target.startsWith(service)) {
      const method = target.slice(service.length)
      const asked = JSON.parse(body.toString('utf8')) as Record<string, unknown>
      calls.push(`${method} ${String(asked.key)}`)
      if (misbehave.status !== undefined) return answerJson(response, misbehave.status, { msg: 'out of order' })
      return answerJson(response, 200, answers[method]?.(asked) ?? {})
    }
    if (misbehave.blobStatus !== undefined) return void response.writeHead(misbehave.blobStatus).end()
    if (request.method === 'PUT') {
      uploads.set(target.replace('/blob/upload/', '').replace(/\?.*$/, ''), body)
      return void response.writeHead(201, { etag: '"1"' }).end()
    }
    const stored = entries[Number(target.replace('/blob/entry/', ''))]
    answerBlob(request, response, misbehave.garbage ?? stored?.body)
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    env: { ACTIONS_RESULTS_URL: `${url}/`, ACTIONS_RUNTIME_TOKEN: 'a.b.c', ACTIONS_CACHE_SERVICE_V2: 'True' },
    entries,
    calls,
    misbehave,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** The first key exactly, then each key as a prefix, newest entry first. */
function findEntry(entries: readonly StoredCache[], keys: readonly string[], version: string): StoredCache | undefined {
  const newest = entries.filter((entry) => entry.version === version).reverse()
  for (const [index, key] of keys.entries()) {
    const found = newest.find((entry) => (index === 0 ? entry.key === key : entry.key.startsWith(key)))
    if (found !== undefined) return found
  }
  return undefined
}

function answerJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

function answerBlob(request: IncomingMessage, response: ServerResponse, body: Buffer | undefined): void {
  if (body === undefined) return void response.writeHead(404).end()
  const common = { etag: '"1"', 'last-modified': new Date(0).toUTCString(), 'x-ms-blob-type': 'BlockBlob' }
  const range = /^bytes=(\d+)-(\d+)$/.exec(String(request.headers['x-ms-range'] ?? request.headers.range ?? ''))
  if (range === null) {
    response.writeHead(200, { ...common, 'content-length': body.length })
    return void response.end(request.method === 'HEAD' ? undefined : body)
  }
  const part = body.subarray(Number(range[1]), Number(range[2]) + 1)
  const end = Number(range[1]) + part.length - 1
  response.writeHead(206, {
    ...common,
    'content-length': part.length,
    'content-range': `bytes ${range[1]}-${end}/${body.length}`,
  })
  response.end(part)
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

function list(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : []
}
