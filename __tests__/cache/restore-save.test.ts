import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'

import type { CacheKeyParts } from '../../src/cache/keys.ts'
import type { CacheInput } from '../../src/cache/policy.ts'
import { restoreCaches } from '../../src/cache/restore.ts'
import { saveCaches } from '../../src/cache/save.ts'
import { formatCacheState, parseCacheState } from '../../src/cache/state.ts'
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
    expect(await job()).toEqual({ cacheHit: false, saved: { modules: true, build: true } })
    await one.clear()
    const { cacheHit, state } = await restore()
    expect(cacheHit).toBe(true)
    expect(one.notes.join('\n')).toMatch(/1 match go.sum, 0 removed/)
    expect(await exists(one.at('mod', 'example.com'))).toBe(false)
    one.go('build ./...', offline)
    const { policy } = await one.request()
    expect(await saveCaches(one.system(), policy, state)).toEqual({ modules: false, build: false })
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
    expect(await job({ dependencies: 'sums2' })).toEqual({ cacheHit: false, saved: { modules: true, build: true } })
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
    expect((await job({ commit: 'commit2' })).saved).toEqual({ modules: false, build: false })
    await one.files.write(one.at('m', 'm.go'), 'package m\n\nimport _ "example.com/Upper"\n\nconst Changed = 1\n')
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
    const asked = await one.request()
    const state = { version: 1 as const, modules: { entry: asked.modules, dir: one.at('mod') } }
    expect(await saveCaches(one.system(), asked.policy, state)).toEqual({ modules: false, build: false })
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

  test('a service that breaks down costs nobody anything', async () => {
    one.server.misbehave.status = 403
    expect(await job()).toEqual({ cacheHit: false, saved: { modules: false, build: false } })
  })
})
