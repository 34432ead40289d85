import http from 'node:http'
import type { AddressInfo } from 'node:net'

/** What a path is answered with: a body, a status, or nothing at all for ever. */
export type Reply =
  | Buffer
  | string
  | number
  | { readonly hang: true }
  | { readonly redirect: string }
  | { readonly cut: Buffer }
  | undefined

export interface LocalServer {
  readonly url: string
  /** Paths asked for, in order. */
  readonly asked: string[]
  readonly close: () => Promise<void>
}

/** An HTTP server on this machine whose answers a function decides; undefined is a 404. */
export async function serve(answer: (path: string, request: http.IncomingMessage) => Reply): Promise<LocalServer> {
  const asked: string[] = []
  const server = http.createServer((request, response) => {
    const path = (request.url ?? '/').slice(1)
    asked.push(path)
    const reply = answer(path, request)
    if (reply === undefined) response.writeHead(404).end()
    else if (typeof reply === 'number') response.writeHead(reply).end()
    else if (typeof reply === 'string' || Buffer.isBuffer(reply)) response.end(reply)
    else if ('hang' in reply) return
    else if ('redirect' in reply) response.writeHead(302, { location: reply.redirect }).end()
    else {
      response.writeHead(200, { 'content-length': String(reply.cut.length * 2) })
      response.write(reply.cut)
      setTimeout(() => response.destroy(), 20)
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    asked,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
