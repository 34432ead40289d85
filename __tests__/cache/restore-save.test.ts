import path from 'node:path'

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'

import { toolEntry, type CacheKeyParts } from '../../src/cache/keys.ts'
import type { CacheInput } from '../../src/cache/policy.ts'
import { restoreCaches } from '../../src/cache/restore.ts'
import { saveCaches } from '../../src/cache/save.ts'
import { formatCacheState, parseCacheState, type CacheState } from '../../src/cache/state.ts'
import { listBuildCache } from '../../src/cache/trim.ts'
import { createCacheJob, exists, offline, type CacheJob } from '../helpers/cache-job.ts'

let one: CacheJob
beforeEach(async () => {
  one = await createCacheJob()
})
afterEach(() => one.close())

const restore = async (change: Partial<CacheKeyParts> = {}) => restoreCaches(one.system(), await one.request(change))

/** A job of its own: an empty machine, restore, build, save. */
async function job(change: Partial<CacheKeyParts> = {}, input: CacheInput = 'true') {
  await one.clear()
  const asked = await one.request(change, input)
  const { cacheHit, state } = await restoreCaches(one.system(), asked)
  one.go('build ./...')
  const saved = await saveCaches(one.system(), asked.policy, parseCacheState(formatCacheState(state)))
  return { cacheHit, saved }
}

describe('jobs one after another', () => {
  test('the second needs no network and saves nothing', async () => {
    expect(await job()).toEqual({ cacheHit: false, saved: { modules: true, build: true, tool: false } })
    await one.clear()
    const { cacheHit, state } = await restore()
    expect(cacheHit).toBe(true)
    expect(one.notes.join('\n')).toMatch(/1 match go.sum, 0 removed/)
    expect(await exists(one.at('mod', 'example.com'))).toBe(false)
    one.go('build ./...', offline)
    const { policy } = await one.request()
    expect(await saveCaches(one.system(), policy, state)).toEqual({ modules: false, build: false, tool: false })
    expect(one.server.entries).toHaveLength(2)
  })

  test('a changed go.sum restores the nearest, drops what it does not list, saves its own', async () => {
    await job()
    await one.files.write(one.at('m', 'm.go'), 'package m\n\nimport _ "example.com/other"\n')
    await one.files.write(
      one.at('m', 'go.mod'),
      'module example.com/m\n\ngo 1.24\n\nrequire example.com/other v1.0.0\n',
    )
    one.go('mod tidy')
    expect(await job({ dependencies: 'sums2' })).toEqual({
      cacheHit: false,
      saved: { modules: true, build: true, tool: false },
    })
    expect(one.notes).toContain(
      'Removed from the restored modules: example.com/!upper@v1.0.0, go.sum does not list it.',
    )
    expect(await exists(one.upper('v1.0.0.zip'))).toBe(false)
    await one.clear()
    expect((await restore({ dependencies: 'sums2' })).cacheHit).toBe(true)
    expect(await exists(one.download('example.com', 'other', '@v', 'v1.0.0.zip'))).toBe(true)
  })

  test('a new commit that builds next to nothing anew does not save the build cache again', async () => {
    await job()
    expect((await job({ commit: 'commit2' })).saved).toEqual({ modules: false, build: false, tool: false })
    await one.files.write(one.at('m', 'm.go'), 'package m\n\nimport _ "example.com/Upper"\n\nconst Changed = 1\n')
    expect((await job({ commit: 'commit3' })).saved).toEqual({ modules: false, build: true, tool: false })
  })

  test.each([
    ['restore', { modules: false, build: false, tool: false }],
    ['modules', { modules: true, build: false, tool: false }],
    ['false', { modules: false, build: false, tool: false }],
  ] as const)('cache: %s', async (input, expected) => {
    expect((await job({}, input)).saved).toEqual(expected)
  })

  test('a leg that is slower finds the key taken and packs nothing', async () => {
    await job()
    const asked = await one.request()
    const state = { version: 1 as const, modules: { entry: asked.modules, dir: one.at('mod') } }
    expect(await saveCaches(one.system(), asked.policy, state)).toEqual({ modules: false, build: false, tool: false })
    expect(one.server.calls.at(-1)).toBe(`GetCacheEntryDownloadURL ${asked.modules.key}`)
  })

  test('a module that needs none asks for none, and saves nobody else’s', async () => {
    const asked = { ...(await one.request()), listed: new Map<string, Set<string>>() }
    const { state, cacheHit } = await restoreCaches(one.system(), asked)
    expect([state.modules, cacheHit]).toEqual([undefined, false])
    expect(one.server.calls.filter((call) => call.includes('modules'))).toEqual([])
    expect((await saveCaches(one.system(), asked.policy, state)).modules).toBe(false)
  })

  test('a run that downloaded nothing, vendored for one, saves no modules', async () => {
    await one.clear()
    const asked = await one.request()
    const { state } = await restoreCaches(one.system(), asked)
    expect((await saveCaches(one.system(), asked.policy, state)).modules).toBe(false)
  })

  test('a machine that keeps its folders is left alone', async () => {
    await job()
    const { state } = await restoreCaches(one.system(), { ...(await one.request()), persistent: true })
    expect(state).toEqual({ version: 1 })
    expect(one.notes.filter((line) => line.startsWith('This machine keeps'))).toHaveLength(2)
  })

  test('too much to save is cut down to the limit', async () => {
    await one.clear()
    const asked = await one.request()
    const { state } = await restoreCaches(one.system(), asked)
    one.go('build ./...')
    const bytes = async () =>
      (await listBuildCache(one.files, one.at('gocache'))).reduce((sum, entry) => sum + entry.bytes, 0)
    const all = await bytes()
    const limits = { capBytes: Math.floor(all * 0.8) }
    expect((await saveCaches(one.system(), asked.policy, state, limits)).build).toBe(true)
    expect(await bytes()).toBeLessThanOrEqual(limits.capBytes)
    expect(await bytes()).toBeGreaterThan(0)
  })

  test('portcheck is saved by the first job that built it, and there for the next', async () => {
    const binary = one.at('tools', 'gopreflight-portcheck', 'go1.26-linux-amd64-abc', 'portcheck')
    const tool = { entry: toolEntry('go1.26-linux-amd64-abc', binary), binary }
    const results = path.join(path.dirname(binary), 'results', 'a')
    const asked = async (input: CacheInput = 'true') => ({ ...(await one.request({}, input)), tool })
    const save = async (state: CacheState) => (await saveCaches(one.system(), (await asked()).policy, state)).tool

    const first = (await restoreCaches(one.system(), await asked())).state
    expect(first.tool).toEqual({ entry: tool.entry, dir: path.dirname(binary) })
    // Nothing was built: nothing is saved, not even the table.
    await one.files.write(path.join(path.dirname(binary), 'ports-1.json'), '{}')
    expect(await save(first)).toBe(false)
    await one.files.write(binary, 'a program', 0o755)
    await one.files.write(results, 'much')
    expect(await save(parseCacheState(formatCacheState(first)) ?? { version: 1 })).toBe(true)

    await one.files.remove(one.at('tools'))
    const second = (await restoreCaches(one.system(), await asked())).state
    expect(second.tool?.hit).toBe(tool.entry.key)
    expect(await one.files.readText(binary)).toBe('a program')
    if (process.platform !== 'win32') expect((await one.files.stat(binary))?.mode ?? 0).toBe(0o100755)
    expect(await exists(path.join(path.dirname(binary), 'ports-1.json'))).toBe(true)
    expect(await exists(results)).toBe(false)
    expect(await save(second)).toBe(false)

    // It is there: nobody asks. Jobs whose build results nobody else may use neither get nor give one.
    expect((await restoreCaches(one.system(), await asked())).state.tool).toBeUndefined()
    await one.files.remove(one.at('tools'))
    expect((await restoreCaches(one.system(), await asked('modules'))).state.tool).toBeUndefined()
    expect(await exists(binary)).toBe(false)
  })

  test('a service that breaks down costs nobody anything', async () => {
    one.server.misbehave.status = 403
    expect(await job()).toEqual({ cacheHit: false, saved: { modules: false, build: false, tool: false } })
  })
})
