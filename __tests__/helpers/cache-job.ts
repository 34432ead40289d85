import { execFileSync } from 'node:child_process'
import * as fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'

import { buildEntry, modulesEntry, type CacheKeyParts } from '../../src/cache/keys.ts'
import { decideCachePolicy, type CacheInput } from '../../src/cache/policy.ts'
import type { CacheSystem, RestoreRequest } from '../../src/cache/restore.ts'
import { hashZip } from '../../src/modules/dirhash.ts'
import { parseGoSum } from '../../src/modules/go-sum.ts'
import { createCacheStore } from '../../src/system/actions/cache-store.ts'
import { createFiles } from '../../src/system/node/files.ts'
import type { Files, Log } from '../../src/system/types.ts'
import { startCacheServer, type CacheServer } from './cache-server.ts'
import { makeZip } from './make-zip.ts'

/**
 * A module `m` that needs example.com/Upper v1.0.0 from a file proxy, on a machine of its own with a cache service.
 * Sets the process's environment as the runner would for the toolkit; `close` puts it back.
 */
export interface CacheJob {
  readonly files: Files
  readonly server: CacheServer
  /** What the log was told. */
  readonly notes: string[]
  readonly at: (...names: readonly string[]) => string
  /** A path under the download folder. */
  readonly download: (...names: readonly string[]) => string
  /** A file of example.com/Upper under the download folder. */
  readonly upper: (name: string) => string
  readonly go: (line: string, env?: Readonly<Record<string, string>>) => string
  readonly publish: (escaped: string, module: string, version: string) => Promise<void>
  readonly request: (change?: Partial<CacheKeyParts>, input?: CacheInput) => Promise<RestoreRequest>
  /** A process of its own: another store. */
  readonly system: () => CacheSystem
  /** Empties the module cache and the build cache: the next machine. */
  readonly clear: () => Promise<void>
  readonly close: () => Promise<void>
}

export const offline = { GOPROXY: 'off' }

const parts: CacheKeyParts = {
  platform: 'linux',
  arch: 'x64',
  system: 's',
  goVersion: 'go1.26',
  dependencies: 'sums1',
  commit: 'commit1',
  job: ['test'],
  build: [],
}

export async function createCacheJob(): Promise<CacheJob> {
  const files = createFiles()
  const server = await startCacheServer()
  const dir = await fs.realpath(await fs.mkdtemp(path.join(os.tmpdir(), 'cache-job-')))
  const notes: string[] = []
  const note = (text: string): void => void notes.push(text)
  const log: Log = { debug: note, info: note, warning: note, error: note, block: note, progress: note }
  const saved = process.env
  const at = (...names: readonly string[]): string => path.join(dir, ...names)
  const download = (...names: readonly string[]): string => at('mod', 'cache', 'download', ...names)
  process.env = { ...saved, ...server.env, RUNNER_TEMP: dir, GITHUB_WORKSPACE: at('m'), RUNNER_DEBUG: '' }

  const job: CacheJob = {
    files,
    server,
    notes,
    at,
    download,
    upper: (name) => download('example.com', '!upper', '@v', name),
    go: (line, env = {}) =>
      execFileSync('go', line.split(' '), {
        cwd: at('m'),
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          PATH: saved.PATH,
          HOME: dir,
          GOMODCACHE: at('mod'),
          GOCACHE: at('gocache'),
          GOPROXY: `file://${at('proxy')}`,
          GOSUMDB: 'off',
          GOENV: 'off',
          GOTOOLCHAIN: 'local',
          GOFLAGS: '',
          ...env,
        },
      }),
    async publish(escaped, module, version) {
      const base = at('proxy', escaped, '@v', version)
      await files.write(`${base}.mod`, `module ${module}\n\ngo 1.24\n`)
      await files.write(`${base}.info`, JSON.stringify({ Version: version }))
      await files.write(`${base}.zip`, moduleZip(module, version, 'good'))
    },
    async request(change = {}, input = 'true') {
      const listed = new Map<string, Set<string>>()
      for (const line of parseGoSum(await files.readText(at('m', 'go.sum'))).lines) {
        if (line.file === 'zip') listed.set(`${line.path}@${line.version}`, new Set([line.hash]))
      }
      return {
        policy: decideCachePolicy(input, { name: 'push', ref: 'refs/heads/main', defaultBranch: 'main' }),
        modules: modulesEntry({ ...parts, ...change }, at('mod')),
        build: buildEntry({ ...parts, ...change }, at('gocache')),
        goModCache: at('mod'),
        goCache: at('gocache'),
        listed,
        hashZip: (zip) => hashZip(files, zip),
        concurrency: 2,
        persistent: false,
      }
    },
    system: () => ({
      files,
      log,
      store: createCacheStore({ log, lookupSeconds: 2 }),
      clock: { now: () => Date.now(), seconds: () => 0, sleep: () => Promise.resolve() },
    }),
    async clear() {
      await files.remove(at('mod'))
      await files.remove(at('gocache'))
    },
    async close() {
      process.env = saved
      await server.close()
      await files.remove(dir)
    },
  }
  for (const version of ['v1.0.0', 'v1.1.0']) await job.publish('example.com/!upper', 'example.com/Upper', version)
  await job.publish('example.com/other', 'example.com/other', 'v1.0.0')
  await files.write(at('m', 'go.mod'), 'module example.com/m\n\ngo 1.24\n\nrequire example.com/Upper v1.0.0\n')
  await files.write(at('m', 'm.go'), 'package m\n\nimport _ "example.com/Upper"\n')
  job.go('mod tidy')
  return job
}

/** The zip of a module whose only constant says something. */
export function moduleZip(module: string, version: string, says: string): Buffer {
  const root = `${module}@${version}`
  return makeZip([
    { name: `${root}/go.mod`, content: `module ${module}\n\ngo 1.24\n` },
    { name: `${root}/x.go`, content: `package x\n\nconst Says = "${says}"\n` },
  ])
}

export function exists(file: string): Promise<boolean> {
  return fs.stat(file).then(
    () => true,
    () => false,
  )
}
