import { createHash } from 'node:crypto'
import { mkdir, open, rm } from 'node:fs/promises'
import path from 'node:path'
import type { Readable } from 'node:stream'

import { EnvHttpProxyAgent, request, type Dispatcher } from 'undici'

import type { Http, HttpOptions } from '../types.ts'
import { maxRedirects, redirectTarget, shownUrl, splitCredentials, withoutCredentials } from './http-url.ts'

type Env = Readonly<Record<string, string | undefined>>

const getLimit = 16 * 1024 * 1024
const downloadLimit = 1024 * 1024 * 1024
/** A body that sends nothing for this long is given up, however much time is left for the whole. */
const stallSeconds = 60

/** A failed exchange. `code` is Node's or undici's (`ECONNREFUSED`, `ETIMEDOUT`), where there is one. */
export class HttpError extends Error {
  override readonly name = 'HttpError'
  readonly code: string | undefined
  constructor(message: string, code?: string) {
    super(message)
    this.code = code
  }
}

/**
 * HTTP of this machine, through the proxies that `env` names (HTTPS_PROXY, HTTP_PROXY, NO_PROXY in either case; the
 * small one wins, and https goes through HTTP_PROXY where HTTPS_PROXY is not set). Follows redirects, never retries. `signal` gives up whatever is under way.
 * Methods throw HttpError, whose message names the address without credentials.
 */
export function createHttp(env: Env, signal?: AbortSignal): Http {
  let dispatcher: Dispatcher | undefined
  const exchange = async <T>(url: string, options: HttpOptions, read: (answer: Answer) => Promise<T>): Promise<T> => {
    const deadline = AbortSignal.timeout(Math.max(1, Math.round(options.timeoutSeconds * 1000)))
    const stop = signal === undefined ? deadline : AbortSignal.any([deadline, signal])
    try {
      dispatcher ??= createDispatcher(env)
      return await read(await follow(dispatcher, url, options, stop))
    } catch (error) {
      throw describe(error, url, options, deadline, signal)
    }
  }
  return {
    get: (url, options) =>
      exchange(url, options, async (answer) => ({
        status: answer.status,
        url: answer.url,
        headers: answer.headers,
        body: await readAll(answer, options.maxBytes ?? getLimit),
      })),
    download: (url, file, options) =>
      exchange(url, options, async (answer) => {
        if (answer.status !== 200) {
          discard(answer.body)
          return { status: answer.status, bytes: 0, sha256: '' }
        }
        return { status: 200, ...(await writeBody(answer, file, options.maxBytes ?? downloadLimit)) }
      }),
  }
}

interface Answer {
  readonly status: number
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Readable
}

/** Every value is given, even the empty one: undici would read process.env for what is absent. */
function createDispatcher(env: Env): Dispatcher {
  const read = (name: string): string => (env[name.toLowerCase()] ?? env[name] ?? '').trim()
  return new EnvHttpProxyAgent({
    httpProxy: proxyUrl(read('HTTP_PROXY'), 'HTTP_PROXY'),
    httpsProxy: proxyUrl(read('HTTPS_PROXY'), 'HTTPS_PROXY'),
    noProxy: read('NO_PROXY'),
    // Plain http goes to the proxy in absolute form, as curl and Go do: many proxies allow CONNECT to port 443 alone.
    proxyTunnel: false,
    bodyTimeout: stallSeconds * 1000,
  })
}

/** `proxy.corp:3128` means http, as everywhere else that these variables are read. */
function proxyUrl(value: string, name: string): string {
  if (value === '') return ''
  const url = value.includes('://') ? value : `http://${value}`
  if (!URL.canParse(url)) throw new HttpError(`${name} is no address of a proxy; it looks like http://proxy:3128`)
  return url
}

async function follow(
  dispatcher: Dispatcher,
  start: string,
  options: HttpOptions,
  signal: AbortSignal,
): Promise<Answer> {
  if (!/^https?:\/\//i.test(start) || !URL.canParse(start)) throw new HttpError('it is no http or https address')
  const first = splitCredentials(start)
  const origin = new URL(first.url).origin
  let url = first.url
  for (let hop = 0; hop <= maxRedirects; hop++) {
    const secret = first.authorization === undefined ? {} : { authorization: first.authorization }
    const given = { ...secret, ...lowerCase(options.headers ?? {}) }
    // Credentials are meant for the host they were given for, not for where it sends us.
    const headers = new URL(url).origin === origin ? given : without(given, ['authorization', 'cookie'])
    const answer = await request(url, {
      dispatcher,
      signal,
      headers: { 'user-agent': 'gopreflight', 'accept-encoding': 'identity', ...headers },
      headersTimeout: Math.max(1, Math.round(options.timeoutSeconds * 1000)),
    })
    const location = answer.headers.location
    if (![301, 302, 303, 307, 308].includes(answer.statusCode) || typeof location !== 'string') {
      return { status: answer.statusCode, url, headers: flatten(answer.headers), body: answer.body }
    }
    discard(answer.body)
    // A redirect's own credentials are dropped: nobody configured them.
    url = splitCredentials(redirectTarget(url, location)).url
  }
  throw new HttpError(`it redirects more than ${String(maxRedirects)} times`)
}

async function readAll(answer: Answer, limit: number): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  for await (const chunk of bounded(answer, limit)) chunks.push(chunk)
  return Buffer.concat(chunks)
}

async function writeBody(answer: Answer, file: string, limit: number): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256')
  let bytes = 0
  await mkdir(path.dirname(file), { recursive: true })
  // Opened before the first byte: a stream that opens the file itself may do so after its failure was handled, and
  // leave behind what was just removed.
  const handle = await open(file, 'w')
  try {
    for await (const chunk of bounded(answer, limit)) {
      hash.update(chunk)
      bytes += chunk.length
      await handle.writeFile(chunk)
    }
    await handle.close()
  } catch (error) {
    await handle.close().catch(() => undefined)
    await rm(file, { force: true })
    throw error
  }
  return { bytes, sha256: hash.digest('hex') }
}

async function* bounded(answer: Answer, limit: number): AsyncGenerator<Buffer> {
  const tooLarge = `it is larger than ${String(limit)} bytes, the most that is accepted`
  const announced = Number(answer.headers['content-length'] ?? '0')
  if (announced > limit) {
    discard(answer.body)
    throw new HttpError(tooLarge)
  }
  let bytes = 0
  for await (const chunk of answer.body as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > limit) throw new HttpError(tooLarge)
    yield chunk
  }
}

/** Drops a body unread; a destroyed one reports that as an error, which nobody waits for. */
function discard(body: Readable): void {
  body.on('error', () => undefined)
  body.destroy()
}

function describe(
  error: unknown,
  url: string,
  options: HttpOptions,
  deadline: AbortSignal,
  signal: AbortSignal | undefined,
): HttpError {
  const start = `GET ${shownUrl(url)}: `
  if (signal?.aborted === true) return new HttpError(`${start}cancelled`, 'ABORT_ERR')
  if (deadline.aborted)
    return new HttpError(`${start}no answer within ${String(options.timeoutSeconds)} s`, 'ETIMEDOUT')
  // Not instanceof: an error of Node's own is none of ours in another realm, such as a test runner's.
  const cause = typeof error === 'object' && error !== null ? error : {}
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined
  const message = 'message' in cause && typeof cause.message === 'string' ? cause.message : ''
  // An AggregateError of several failed addresses has an empty message and only its code says what happened.
  const text = message === '' ? (code ?? 'failed') : withoutCredentials(message)
  return new HttpError(start + text, code)
}

function flatten(headers: Readonly<Record<string, string | string[] | undefined>>): Readonly<Record<string, string>> {
  const result: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) result[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value
  }
  return result
}

function lowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}

function without(headers: Readonly<Record<string, string>>, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)))
}
