import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import * as fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'

import { buildEntry, modulesEntry, type CacheKeyParts } from '../../src/cache/keys.ts'
import { decideCachePolicy, type CacheInput } from '../../src/cache/policy.ts'
import { restoreCaches, type RestoreRequest } from '../../src/cache/restore.ts'
import { saveCaches } from '../../src/cache/save.ts'
import { listBuildCache } from '../../src/cache/trim.ts'
import { formatCacheState, parseCacheState } from '../../src/cache/state.ts'
import { hashZip } from '../../src/modules/dirhash.ts'
import { parseGoSum } from '../../src/modules/go-sum.ts'
import { createCacheStore } from '../../src/system/actions/cache-store.ts'
import { createFiles } from '../../src/system/node/files.ts'
import type { Log } from '../../src/system/types.ts'
import { startCacheServer, type CacheServer } from '../helpers/cache-server.ts'
import { makeZip } from '../helpers/make-zip.ts'

const files = createFiles()
const saved = { ...process.env }
let server: CacheServer
let dir: string
let notes: string[]
const at = (...names: readonly string[]) => path.join(dir, ...names)
const note = (text: string): void => void notes.push(text)
const log: Log = { debug: note, info: note, warning: note, error: note, block: note, progress: note }

beforeEach(async () => {
  server = await startCacheServer()
  dir = await fs.realpath(await fs.mkdtemp(path.join(os.tmpdir(), 'restore-save-')))
  notes = []
  process.env = { ...saved, ...server.env, RUNNER_TEMP: dir, GITHUB_WORKSPACE: at('m'), RUNNER_DEBUG: '' }
  for (const version of ['v1.0.0', 'v1.1.0']) await publish('example.com/!upper', 'example.com/Upper', version, 'good')
  await publish('example.com/other', 'example.com/other', 'v1.0.0', 'good')
  await files.write(at('m', 'go.mod'), 'module example.com/m\n\ngo 1.24\n\nrequire example.com/Upper v1.0.0\n')
  await files.write(at('m', 'm.go'), 'package m\n\nimport _ "example.com/Upper"\n')
  go('mod tidy', {})
})
afterEach(async () => {
  process.env = saved
  await server.close()
  await files.remove(dir)
})

/** A module version in a file proxy. */
async function publish(escaped: string, module: string, version: string, says: string): Promise<void> {
  const base = at('proxy', escaped, '@v', version)
  const mod = `module ${module}\n\ngo 1.24\n`
  await files.write(`${base}.mod`, mod)
  await files.write(`${base}.info`, JSON.stringify({ Version: version }))
  await files.write(`${base}.zip`, moduleZip(module, version, says))
}

function moduleZip(module: string, version: string, says: string): Buffer {
  const root = `${module}@${version}`
  return makeZip([
    { name: `${root}/go.mod`, content: `module ${module}\n\ngo 1.24\n` },
    { name: `${root}/x.go`, content: `package x\n\nconst Says = "${says}"\n` },
  ])
}

function go(line: string, env: Record<string, string>): string {
  return execFileSync('go', line.split(' '), {
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
  })
}
const offline = { GOPROXY: 'off' }
const download = (...names: readonly string[]) => at('mod', 'cache', 'download', ...names)
const upper = (name: string) => download('example.com', '!upper', '@v', name)
const exists = (file: string) =>
  fs.stat(file).then(
    () => true,
    () => false,
  )

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

async function request(change: Partial<CacheKeyParts> = {}, input: CacheInput = 'true'): Promise<RestoreRequest> {
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
}
const system = () => ({
  files,
  log,
  store: createCacheStore({ log, lookupSeconds: 2 }),
  clock: { now: () => Date.now(), seconds: () => 0, sleep: () => Promise.resolve() },
})
const restore = async (change: Partial<CacheKeyParts> = {}) => restoreCaches(system(), await request(change))

/** A job of its own: an empty machine, restore, build, save. */
async function job(change: Partial<CacheKeyParts> = {}, input: CacheInput = 'true') {
  await clear()
  const asked = await request(change, input)
  const { cacheHit, state } = await restoreCaches(system(), asked)
  go('build ./...', {})
  const saved = await saveCaches(system(), asked.policy, parseCacheState(formatCacheState(state)))
  return { cacheHit, saved }
}
async function clear(): Promise<void> {
  await files.remove(at('mod'))
  await files.remove(at('gocache'))
}

describe('jobs one after another', () => {
  test('the second needs no network and saves nothing', async () => {
    expect(await job()).toEqual({ cacheHit: false, saved: { modules: true, build: true } })
    await clear()
    const { cacheHit, state } = await restore()
    expect(cacheHit).toBe(true)
    expect(notes.join('\n')).toMatch(/1 match go.sum, 0 removed/)
    expect(await exists(at('mod', 'example.com'))).toBe(false)
    go('build ./...', offline)
    const { policy } = await request()
    expect(await saveCaches(system(), policy, state)).toEqual({ modules: false, build: false })
    expect(server.entries).toHaveLength(2)
  })

  test('a changed go.sum restores the nearest, drops what it does not list, saves its own', async () => {
    await job()
    await files.write(at('m', 'm.go'), 'package m\n\nimport _ "example.com/other"\n')
    await files.write(at('m', 'go.mod'), 'module example.com/m\n\ngo 1.24\n\nrequire example.com/other v1.0.0\n')
    go('mod tidy', {})
    expect(await job({ dependencies: 'sums2' })).toEqual({ cacheHit: false, saved: { modules: true, build: true } })
    expect(notes).toContain('Removed from the restored modules: example.com/!upper@v1.0.0, go.sum does not list it.')
    expect(await exists(upper('v1.0.0.zip'))).toBe(false)
    await clear()
    expect((await restore({ dependencies: 'sums2' })).cacheHit).toBe(true)
    expect(await exists(download('example.com', 'other', '@v', 'v1.0.0.zip'))).toBe(true)
  })

  test('a new commit that builds next to nothing anew does not save the build cache again', async () => {
    await job()
    expect((await job({ commit: 'commit2' })).saved).toEqual({ modules: false, build: false })
    await files.write(at('m', 'm.go'), 'package m\n\nimport _ "example.com/Upper"\n\nconst Changed = 1\n')
    expect((await job({ commit: 'commit3' })).saved).toEqual({ modules: false, build: true })
  })

  test.each([
    ['restore', { modules: false, build: false }],
    ['modules', { modules: true, build: false }],
    ['false', { modules: false, build: false }],
  ] as const)('cache: %s', async (input, expected) => {
    expect((await job({}, input)).saved).toEqual(expected)
  })

  test('a leg that is slower finds the key taken and packs nothing', async () => {
    await job()
    const asked = await request()
    const state = { version: 1 as const, modules: { entry: asked.modules, dir: at('mod') } }
    expect(await saveCaches(system(), asked.policy, state)).toEqual({ modules: false, build: false })
    expect(server.calls.at(-1)).toBe(`GetCacheEntryDownloadURL ${asked.modules.key}`)
  })

  test('a module that needs none asks for none, and saves nobody else’s', async () => {
    const asked = { ...(await request()), listed: new Map<string, Set<string>>() }
    const { state, cacheHit } = await restoreCaches(system(), asked)
    expect([state.modules, cacheHit]).toEqual([undefined, false])
    expect(server.calls.filter((call) => call.includes('modules'))).toEqual([])
    expect((await saveCaches(system(), asked.policy, state)).modules).toBe(false)
  })

  test('a run that downloaded nothing, vendored for one, saves no modules', async () => {
    await clear()
    const asked = await request()
    const { state } = await restoreCaches(system(), asked)
    expect((await saveCaches(system(), asked.policy, state)).modules).toBe(false)
  })

  test('a machine that keeps its folders is left alone', async () => {
    await job()
    const { state } = await restoreCaches(system(), { ...(await request()), persistent: true })
    expect(state).toEqual({ version: 1 })
    expect(notes.filter((line) => line.startsWith('This machine keeps'))).toHaveLength(2)
  })

  test('too much to save is cut down to the limit', async () => {
    await clear()
    const asked = await request()
    const { state } = await restoreCaches(system(), asked)
    go('build ./...', {})
    const bytes = async () => (await listBuildCache(files, at('gocache'))).reduce((sum, entry) => sum + entry.bytes, 0)
    const all = await bytes()
    const limits = { capBytes: Math.floor(all * 0.8) }
    expect((await saveCaches(system(), asked.policy, state, limits)).build).toBe(true)
    expect(await bytes()).toBeLessThanOrEqual(limits.capBytes)
    expect(await bytes()).toBeGreaterThan(0)
  })

  test('a service that breaks down costs nobody anything', async () => {
    server.misbehave.status = 403
    expect(await job()).toEqual({ cacheHit: false, saved: { modules: false, build: false } })
  })
})

describe('a tampered cache', () => {
  /** Saves a cache as somebody would who can write to it, from the files as a test left them. */
  async function poison(): Promise<void> {
    const { paths, key } = (await request()).modules
    expect(await createCacheStore().save(paths, key)).toBe(true)
    await clear()
  }
  const says = () => /Says = "(\w+)"/.exec(go('list -f {{.Dir}} example.com/Upper', {}) && readSource())?.[1]
  const readSource = () =>
    execFileSync('cat', [at('mod', 'example.com', '!upper@v1.0.0', 'x.go')], { encoding: 'utf8' })

  beforeEach(async () => {
    await clear()
    go('mod download', {})
  })

  test('the go command alone takes a zip with other code beside an honest .ziphash', async () => {
    await files.remove(at('mod', 'example.com'))
    await fs.chmod(upper('v1.0.0.zip'), 0o644)
    await fs.writeFile(upper('v1.0.0.zip'), moduleZip('example.com/Upper', 'v1.0.0', 'evil'))
    go('build ./...', offline)
    expect(readSource()).toContain('evil')
  })

  test('other code in a zip is found and fetched again', async () => {
    await files.remove(at('mod', 'example.com'))
    await fs.writeFile(upper('v1.0.0.zip'), moduleZip('example.com/Upper', 'v1.0.0', 'evil'))
    await poison()
    const { cacheHit } = await restore()
    expect(cacheHit).toBe(false)
    expect(notes.join('\n')).toMatch(/example\.com\/Upper@v1\.0\.0, its hash h1:\S+ is not the one in go\.sum/)
    expect([await exists(upper('v1.0.0.zip')), await exists(upper('v1.0.0.ziphash'))]).toEqual([false, false])
    expect(() => go('build ./...', offline)).toThrow()
    expect(says()).toBe('good')
  })

  test('no zip at all, a .ziphash without its zip', async () => {
    await fs.writeFile(upper('v1.0.0.zip'), 'this is no zip')
    await fs.writeFile(upper('v1.1.0.ziphash'), 'h1:x')
    await poison()
    await restore()
    expect(notes.join('\n')).toMatch(/Upper@v1\.0\.0, it cannot be read/)
    expect(await exists(upper('v1.1.0.ziphash'))).toBe(false)
    expect(says()).toBe('good')
  })

  test('a wrong .ziphash beside a good zip is put right', async () => {
    await fs.writeFile(upper('v1.0.0.ziphash'), 'h1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=')
    await poison()
    expect((await restore()).cacheHit).toBe(true)
    go('build ./...', offline)
  })

  test('extracted folders, links and other files that came along go', async () => {
    const { paths, key } = (await request()).modules
    const evil = at('mod', 'example.com', '!upper@v1.0.0')
    await fs.chmod(evil, 0o755)
    await fs.chmod(path.join(evil, 'x.go'), 0o644)
    await fs.writeFile(path.join(evil, 'x.go'), 'package x\n\nconst Says = "evil"\n')
    await files.write(at('mod', 'cache', 'vcs', 'x'), '')
    await files.write(download('sumdb', 'x'), '')
    await fs.symlink(at('proxy', 'example.com', 'other'), download('example.com', 'linked'))
    // An archive with everything under the name of the honest one: the version of an entry is made of its paths.
    const honest = createCacheStore()
    expect(await honest.save([at('mod')], key)).toBe(true)
    await clear()
    const { version } = server.entries[0] ?? { version: '' }
    await restoreVersion(paths, key, version)
    await restore()
    expect(await exists(evil)).toBe(false)
    expect(await exists(at('mod', 'cache', 'vcs'))).toBe(false)
    expect(await exists(download('sumdb'))).toBe(false)
    await expect(fs.lstat(download('example.com', 'linked'))).rejects.toThrow()
    go('build ./...', offline)
    expect(says()).toBe('good')
  })

  /** Gives the only entry of the server the version that a look-up with these paths asks for. */
  async function restoreVersion(paths: readonly string[], key: string, stored: string): Promise<void> {
    const entry = server.entries.find(({ version }) => version === stored)
    if (entry === undefined) throw new Error('nothing stored')
    server.entries.length = 0
    await files.write(at('mod', 'cache', 'download', 'a', '@v', 'v1.0.0.zip'), '')
    await createCacheStore().save(paths, key)
    const real = server.entries.pop()
    await clear()
    server.entries.push({ key, version: real?.version ?? '', body: entry.body })
  }

  test('what was there before the restore is not judged, nor replaced unseen', async () => {
    await poison()
    await publish('example.com/mine', 'example.com/mine', 'v1.0.0', 'mine')
    await files.write(
      download('example.com', 'mine', '@v', 'v1.0.0.zip'),
      moduleZip('example.com/mine', 'v1.0.0', 'mine'),
    )
    await files.write(download('example.com', 'mine', '@v', 'v1.0.0.ziphash'), 'h1:mine')
    await files.write(at('mod', 'example.com', 'mine@v1.0.0', 'x.go'), '')
    await restore()
    expect(await exists(download('example.com', 'mine', '@v', 'v1.0.0.zip'))).toBe(true)
    expect(await exists(at('mod', 'example.com', 'mine@v1.0.0', 'x.go'))).toBe(true)
    expect(notes.join('\n')).toMatch(/1 match go.sum, 0 removed/)
  })

  test('an archive that is none leaves nothing behind', async () => {
    await poison()
    server.misbehave.garbage = Buffer.from('garbage')
    expect((await restore()).cacheHit).toBe(false)
    expect(await exists(upper('v1.0.0.zip'))).toBe(false)
  })
})
