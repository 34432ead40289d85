import { execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'

import { makeFolder, writeFiles } from './folder.ts'

/** A repository with history in a temporary folder. */
export interface TestRepository {
  readonly dir: string
  /** Runs git in it and returns what it printed. */
  readonly git: (...args: readonly string[]) => string
  /** Writes files (null removes one), commits everything and returns the commit. */
  readonly commit: (files: Readonly<Record<string, string | null>>) => Promise<string>
}

const identity = {
  GIT_AUTHOR_NAME: 'a', GIT_AUTHOR_EMAIL: 'a@example.com', GIT_AUTHOR_DATE: '2026-01-01T00:00:00Z',
  GIT_COMMITTER_NAME: 'a', GIT_COMMITTER_EMAIL: 'a@example.com', GIT_COMMITTER_DATE: '2026-01-01T00:00:00Z',
} // prettier-ignore

/** Runs git with no settings of this machine. */
export function git(dir: string, ...args: readonly string[]): string {
  const { PATH = '', HOME = '' } = process.env
  return execFileSync('git', ['-c', 'protocol.file.allow=always', ...args], {
    cwd: dir,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH, HOME, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', ...identity },
  }).trim()
}

export async function makeRepository(files: Readonly<Record<string, string>> = {}): Promise<TestRepository> {
  const dir = await makeFolder()
  const own = (...args: readonly string[]): string => git(dir, ...args)
  own('init', '--quiet', '--initial-branch=main')
  const commit = async (changed: Readonly<Record<string, string | null>>): Promise<string> => {
    const written = Object.entries(changed).filter((entry): entry is [string, string] => entry[1] !== null)
    await writeFiles(dir, Object.fromEntries(written))
    for (const [name, content] of Object.entries(changed)) if (content === null) own('rm', '--quiet', '--', name)
    own('add', '--all', '--force')
    own('commit', '--quiet', '--allow-empty', '--message=x')
    return own('rev-parse', 'HEAD')
  }
  if (Object.keys(files).length > 0) await commit(files)
  return { dir, git: own, commit }
}

/** Everything in a folder, to see that it did not change. */
export function fingerprint(dir: string): string {
  const hash = createHash('sha256')
  for (const name of readdirSync(dir, { recursive: true, encoding: 'utf8' }).sort()) {
    const file = path.join(dir, name)
    const found = lstatSync(file)
    hash.update(`${name} ${found.mode}\0`)
    if (found.isFile()) hash.update(readFileSync(file))
  }
  return hash.digest('hex')
}

export interface GitServer {
  readonly url: string
  /** Authorization headers in the order of the requests; empty for none. */
  readonly tokens: string[]
  readonly close: () => Promise<void>
}

/**
 * Serves a repository over HTTP with git's own server program, to those who bring `Authorization: basic` of
 * `x-access-token:TOKEN`.
 */
export async function serveRepository(dir: string, token: string): Promise<GitServer> {
  const wanted = `basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`
  const tokens: string[] = []
  const server = http.createServer((request, response) => {
    const { authorization = '' } = request.headers
    tokens.push(authorization)
    if (authorization.toLowerCase() !== wanted.toLowerCase()) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end()
      return
    }
    const [asked = '', query = ''] = (request.url ?? '').split('?')
    const child = spawn('git', ['http-backend'], {
      env: {
        PATH: process.env.PATH ?? '',
        GIT_PROJECT_ROOT: dir,
        GIT_HTTP_EXPORT_ALL: '1',
        GIT_CONFIG_COUNT: '1',
        GIT_CONFIG_KEY_0: 'safe.directory',
        GIT_CONFIG_VALUE_0: '*',
        PATH_INFO: asked.replace(/^\/owner\/name/, '/.git'),
        QUERY_STRING: query,
        REQUEST_METHOD: request.method ?? 'GET',
        CONTENT_TYPE: request.headers['content-type'] ?? '',
        HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
        GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
      },
    })
    child.stdin.on('error', () => undefined)
    request.pipe(child.stdin)
    const chunks: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.once('close', () => {
      const all = Buffer.concat(chunks)
      const end = all.indexOf('\r\n\r\n')
      const headers = all
        .subarray(0, Math.max(end, 0))
        .toString()
        .split('\r\n')
        .map((line) => line.split(': ', 2))
      const status = headers.find(([name]) => name === 'Status')?.[1] ?? '200'
      const own = headers.filter(([name]) => name !== 'Status' && name !== '')
      response.writeHead(Number.parseInt(status, 10), Object.fromEntries(own) as Record<string, string>)
      response.end(all.subarray(end + 4))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/owner/name`,
    tokens,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
