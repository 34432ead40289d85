import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import http from 'node:http'
import type net from 'node:net'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'

import { redirectTarget, shownUrl, withoutCredentials } from '../../../src/system/node/http-url.ts'
import { createHttp } from '../../../src/system/node/http.ts'

const soon = { timeoutSeconds: 5 }
let dir = ''
let base = ''
let proxy = ''
let proxied: { method: string; url: string; auth: string | undefined }[] = []
let seen: http.IncomingMessage[] = []

const server = http.createServer((request, response) => {
  seen.push(request)
  const url = request.url ?? '/'
  if (url === '/hello') response.end('hello')
  else if (url === '/hang') response.flushHeaders()
  else if (url === '/silent') return
  else if (url === '/redirect') response.writeHead(302, { location: '/hello' }).end()
  else if (url === '/loop') response.writeHead(302, { location: '/loop' }).end()
  else if (url === '/away') response.writeHead(302, { location: `http://localhost:${new URL(base).port}/hello` }).end()
  else if (url === '/file') response.writeHead(302, { location: 'file:///etc/passwd' }).end()
  else if (url === '/big') response.end(Buffer.alloc(100_000))
  else if (url === '/chunked') {
    response.write(Buffer.alloc(60_000))
    response.end(Buffer.alloc(60_000))
  } else if (url === '/truncated') {
    response.writeHead(200, { 'content-length': '1000' })
    response.write('only this')
    setTimeout(() => response.destroy(), 20)
  } else response.writeHead(404).end('nothing here')
})

/** Forwards absolute-form requests and opens tunnels; notes both. */
const proxyServer = http.createServer((request, response) => {
  proxied.push({
    method: request.method ?? '',
    url: request.url ?? '',
    auth: request.headers['proxy-authorization'],
  })
  const target = new URL(request.url ?? '')
  http.get({ host: '127.0.0.1', port: new URL(base).port, path: target.pathname }, (answer) => {
    response.writeHead(answer.statusCode ?? 500)
    answer.pipe(response)
  })
})
proxyServer.on('connect', (request: http.IncomingMessage, socket: net.Socket) => {
  proxied.push({ method: 'CONNECT', url: request.url ?? '', auth: request.headers['proxy-authorization'] })
  socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n')
})

const listen = async (which: http.Server): Promise<string> => {
  await new Promise<void>((resolve) => which.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${String((which.address() as AddressInfo).port)}`
}

beforeAll(async () => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'http-test-'))
  base = await listen(server)
  proxy = await listen(proxyServer)
})
afterEach(() => {
  proxied = []
  seen = []
})
afterAll(() => {
  for (const which of [server, proxyServer]) {
    which.closeAllConnections()
    which.close()
  }
  rmSync(dir, { recursive: true })
})

describe('get', () => {
  test('answers with status, headers and body, whatever the status', async () => {
    const found = await createHttp({}).get(`${base}/hello`, soon)
    expect(found.status).toBe(200)
    expect(Buffer.from(found.body).toString()).toBe('hello')
    expect(found.headers['content-length']).toBe('5')
    const missing = await createHttp({}).get(`${base}/nothing`, soon)
    expect(missing.status).toBe(404)
    expect(Buffer.from(missing.body).toString()).toBe('nothing here')
  })

  test('follows redirects and says where it ended', async () => {
    const answer = await createHttp({}).get(`${base}/redirect`, soon)
    expect(answer.status).toBe(200)
    expect(answer.url).toBe(`${base}/hello`)
  })

  test('gives up on a loop of redirects and on schemes other than http', async () => {
    await expect(createHttp({}).get(`${base}/loop`, soon)).rejects.toThrow('more than 10 times')
    expect(seen.length).toBe(11)
    await expect(createHttp({}).get(`${base}/file`, soon)).rejects.toThrow('redirects to file:')
    await expect(createHttp({}).get('file:///etc/passwd', soon)).rejects.toThrow('no http or https address')
  })

  test.each(['/hang', '/silent'])('a server that never finishes (%s) ends at the deadline', async (url) => {
    await expect(createHttp({}).get(base + url, { timeoutSeconds: 0.3 })).rejects.toThrow('no answer within 0.3 s')
  })

  test('the signal of the run gives up at once', async () => {
    const controller = new AbortController()
    const waiting = createHttp({}, controller.signal).get(`${base}/silent`, soon)
    setTimeout(() => controller.abort(), 50)
    await expect(waiting).rejects.toThrow('cancelled')
  })

  test('refuses a body over the limit, announced or not', async () => {
    await expect(createHttp({}).get(`${base}/big`, { ...soon, maxBytes: 99_999 })).rejects.toThrow('larger than 99999')
    await expect(createHttp({}).get(`${base}/chunked`, { ...soon, maxBytes: 99_999 })).rejects.toThrow('larger than')
    const whole = await createHttp({}).get(`${base}/big`, { ...soon, maxBytes: 100_000 })
    expect(whole.body.length).toBe(100_000)
  })

  test('user and password of the address become a header, and stay away from other hosts and from messages', async () => {
    const withSecret = base.replace('//', '//us%40er:s3cret@')
    await createHttp({}).get(`${withSecret}/away`, soon)
    expect(seen.map((request) => request.headers.authorization)).toEqual([
      `Basic ${Buffer.from('us@er:s3cret').toString('base64')}`,
      undefined,
    ])
    const error: unknown = await createHttp({})
      .get('http://user:s3cret@127.0.0.1:1/x?token=abc', soon)
      .catch((reason: unknown) => reason)
    expect(String(error)).toContain('http://127.0.0.1:1/x?…')
    expect(String(error)).toContain('ECONNREFUSED')
    expect(String(error)).not.toMatch(/s3cret|abc|user/)
  })
})

describe('download', () => {
  test('writes the body and hashes it', async () => {
    const file = path.join(dir, 'sub', 'big')
    const done = await createHttp({}).download(`${base}/big`, file, soon)
    const content = Buffer.alloc(100_000)
    expect(done).toEqual({
      status: 200,
      bytes: 100_000,
      sha256: createHash('sha256').update(content).digest('hex'),
    })
    expect(readFileSync(file).equals(content)).toBe(true)
  })

  test('another status writes nothing', async () => {
    const file = path.join(dir, 'missing')
    expect((await createHttp({}).download(`${base}/nothing`, file, soon)).status).toBe(404)
    expect(existsSync(file)).toBe(false)
  })

  test('half a body is an error and leaves no file', async () => {
    const file = path.join(dir, 'half')
    await expect(createHttp({}).download(`${base}/truncated`, file, soon)).rejects.toThrow('/truncated: ')
    expect(existsSync(file)).toBe(false)
    await expect(createHttp({}).download(`${base}/chunked`, file, { ...soon, maxBytes: 70_000 })).rejects.toThrow(
      'larger',
    )
    expect(existsSync(file)).toBe(false)
  })
})

describe('proxies', () => {
  test('HTTP_PROXY takes plain requests in absolute form, with its credentials', async () => {
    const answer = await createHttp({ HTTP_PROXY: proxy.replace('//', '//me:pw@') }).get(
      'http://go.example/hello',
      soon,
    )
    expect(Buffer.from(answer.body).toString()).toBe('hello')
    expect(proxied).toEqual([
      {
        method: 'GET',
        url: 'http://go.example/hello',
        auth: `Basic ${Buffer.from('me:pw').toString('base64')}`,
      },
    ])
  })

  test.each(['HTTPS_PROXY', 'https_proxy'])('%s takes https by CONNECT', async (name) => {
    const failed = createHttp({ [name]: proxy }).get('https://go.example/hello', soon)
    await expect(failed).rejects.toThrow('GET https://go.example/hello: ')
    expect(proxied.map(({ method, url }) => `${method} ${url}`)).toEqual(['CONNECT go.example:443'])
  })

  test('without a scheme http is meant; the small name wins', async () => {
    await createHttp({ http_proxy: proxy.replace('http://', ''), HTTP_PROXY: 'http://127.0.0.1:1' }).get(
      'http://go.example/hello',
      soon,
    )
    expect(proxied.length).toBe(1)
  })

  test.each(['127.0.0.1', '*', 'other.example, 127.0.0.1'])('NO_PROXY=%s goes straight', async (value) => {
    await createHttp({ HTTP_PROXY: proxy, NO_PROXY: value }).get(`${base}/hello`, soon)
    await createHttp({ HTTP_PROXY: proxy, no_proxy: value }).get(`${base}/hello`, soon)
    expect(proxied).toEqual([])
    expect(seen.length).toBe(2)
  })

  test('reads the environment it was given, not that of the process', async () => {
    process.env.HTTP_PROXY = 'http://127.0.0.1:1'
    try {
      expect((await createHttp({}).get(`${base}/hello`, soon)).status).toBe(200)
    } finally {
      delete process.env.HTTP_PROXY
    }
  })

  test('a proxy that is no address is named without its secrets', async () => {
    const error: unknown = await createHttp({ HTTPS_PROXY: 'http://u:s3cret@:bad:' })
      .get(`${base}/hello`, soon)
      .catch((reason: unknown) => reason)
    expect(String(error)).toContain('HTTPS_PROXY is no address of a proxy')
    expect(String(error)).not.toContain('s3cret')
  })
})

describe('addresses', () => {
  test('a step from https to http is refused, the other way and relative ones are fine', () => {
    expect(() => redirectTarget('https://a.example/x', 'http://a.example/y')).toThrow('from https to http')
    expect(redirectTarget('http://a.example/x', 'https://b.example/y')).toBe('https://b.example/y')
    expect(redirectTarget('https://a.example/x/z', '../y')).toBe('https://a.example/y')
    expect(() => redirectTarget('https://a.example/', 'http://[')).toThrow('no address')
  })

  test('what is shown holds no secret', () => {
    expect(shownUrl('https://u:p@h.example:8443/a?sig=1#f')).toBe('https://h.example:8443/a?…')
    expect(shownUrl('not a url')).toBe('an address that is no URL')
    expect(withoutCredentials('connect to http://u:p@h.example failed')).toBe('connect to http://h.example failed')
  })
})
