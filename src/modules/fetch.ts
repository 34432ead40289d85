import { fileURLToPath } from 'node:url'

import type { System } from '../system/types.ts'

export type FetchSystem = Pick<System, 'http' | 'files' | 'clock'>

export interface FetchOptions {
  readonly timeoutSeconds: number
  readonly maxBytes?: number
  readonly headers?: Readonly<Record<string, string>>
}

const attempts = 3

/**
 * Reads an http, https or file URL. Only the status and the body count; a file that is not there is a 404. What may pass
 * (a broken connection, 429, 5xx) is tried three times in all, a server that hangs only once. Throws for a failed exchange.
 */
export async function fetchBytes(
  system: FetchSystem,
  url: string,
  options: FetchOptions,
): Promise<{ readonly status: number; readonly body: Uint8Array }> {
  const file = filePath(url)
  if (file === undefined) return retry(system, () => system.http.get(url, options))
  const found = await system.files.stat(file)
  if (found?.kind !== 'file') return { status: 404, body: new Uint8Array(0) }
  return { status: 200, body: await system.files.readBytes(file) }
}

/** The same into a file, hashed on the way where it comes over the network. Another status than 200 writes nothing. */
export async function fetchToFile(
  system: FetchSystem,
  url: string,
  target: string,
  options: FetchOptions,
): Promise<{ readonly status: number; readonly sha256?: string; readonly bytes: number }> {
  const file = filePath(url)
  if (file === undefined) return retry(system, () => system.http.download(url, target, options))
  const found = await system.files.stat(file)
  if (found?.kind !== 'file') return { status: 404, bytes: 0 }
  await system.files.copy(file, target)
  return { status: 200, bytes: found.bytes }
}

/** An address as it may be shown: without user, password, query values and fragment. */
export function shownUrl(url: string): string {
  if (!URL.canParse(url)) return url.replace(/^.{0,1000}@/, '')
  const parsed = new URL(url)
  return `${parsed.protocol}//${parsed.host}${parsed.pathname}${parsed.search === '' ? '' : '?…'}`
}

async function retry<T extends { readonly status: number }>(system: FetchSystem, once: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      const answer = await once()
      if ((answer.status !== 429 && answer.status < 500) || attempt === attempts) return answer
    } catch (error) {
      if (attempt === attempts || !mayPass(error)) throw error
    }
    await system.clock.sleep(attempt * attempt)
  }
}

/** Names that do not resolve, refused connections and deadlines are the machine's state, not a moment's. */
function mayPass(error: unknown): boolean {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
  return ['ECONNRESET', 'EPIPE', 'EAI_AGAIN', 'UND_ERR_SOCKET', 'UND_ERR_CONNECT_TIMEOUT'].includes(String(code))
}

function filePath(url: string): string | undefined {
  return url.startsWith('file:') ? fileURLToPath(url) : undefined
}
