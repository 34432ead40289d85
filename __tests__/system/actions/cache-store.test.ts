import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import * as fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'

import { createCacheStore } from '../../../src/system/actions/cache-store.ts'
import type { Log } from '../../../src/system/types.ts'
import { startCacheServer, type CacheServer } from '../../helpers/cache-server.ts'

const saved = { ...process.env }
const printed: string[] = []
const realWrite = process.stdout.write
let server: CacheServer
let temp: string
let dir: string
let notes: string[]

const log: Log = {
  debug: () => undefined,
  info: (text) => void notes.push(text),
  warning: (text) => void notes.push(`warning: ${text}`),
  error: (text) => void notes.push(`error: ${text}`),
  block: () => undefined,
  progress: () => undefined,
}

beforeAll(() => {
  // Below what the store puts on top: everything that reaches the runner passes here.
  process.stdout.write = (chunk: unknown) => {
    printed.push(String(chunk))
    return true
  }
})
afterAll(() => {
  process.stdout.write = realWrite
})
beforeEach(async () => {
  server = await startCacheServer()
  temp = await fs.mkdtemp(path.join(os.tmpdir(), 'cache-store-'))
  dir = path.join(temp, 'content')
  notes = []
  printed.length = 0
  process.env = { ...saved, ...server.env, RUNNER_TEMP: temp, GITHUB_WORKSPACE: temp, RUNNER_DEBUG: '' }
  await fs.mkdir(dir)
  await fs.writeFile(path.join(dir, 'file'), 'first')
})
afterEach(async () => {
  process.env = saved
  await server.close()
  await fs.rm(temp, { recursive: true })
  // Masks may pass, nothing else: no annotation, no debug line, no progress of the toolkit's.
  expect(printed.filter((line) => !line.startsWith('::add-mask::'))).toEqual([])
})

const store = () => createCacheStore({ log, lookupSeconds: 2, stallSeconds: 3 })

describe('with a service', () => {
  test('saves, restores exactly, restores the nearest, misses', async () => {
    expect(await store().save([dir], 'a-1')).toBe(true)
    await fs.writeFile(path.join(dir, 'file'), 'second')
    expect(await store().save([dir], 'a-2')).toBe(true)
    await fs.rm(dir, { recursive: true })
    expect(await store().restore([dir], 'a-1', ['a-'])).toBe('a-1')
    expect(await fs.readFile(path.join(dir, 'file'), 'utf8')).toBe('first')
    expect(await store().restore([dir], 'a-3', ['a-'])).toBe('a-2')
    expect(await fs.readFile(path.join(dir, 'file'), 'utf8')).toBe('second')
    expect(await store().restore([dir], 'b-1', ['b-'])).toBeUndefined()
    expect(notes).toEqual([])
  })

  test('packs nothing for a key that is there', async () => {
    await store().save([dir], 'a-1')
    server.calls.length = 0
    expect(await store().save([dir], 'a-1')).toBe(false)
    expect(server.calls).toEqual(['GetCacheEntryDownloadURL a-1'])
    expect(notes).toEqual([])
  })

  test('loses to a leg that reserved the key in between', async () => {
    server.misbehave.refuse = 'cache entry with the same key, version, and scope already exists'
    expect(await store().save([dir], 'a-1')).toBe(false)
    expect(notes).toEqual([])
  })

  test('a denied write is one plain line', async () => {
    server.misbehave.refuse = 'cache write denied: the token is read-only'
    expect(await store().save([dir], 'a-1')).toBe(false)
    expect(notes).toEqual([expect.stringContaining('cache write denied: the token is read-only')])
  })

  test('honours ACTIONS_CACHE_MODE', async () => {
    await store().save([dir], 'a-1')
    process.env.ACTIONS_CACHE_MODE = 'read'
    expect(await store().save([dir], 'a-2')).toBe(false)
    expect(await store().restore([dir], 'a-1', [])).toBe('a-1')
    process.env.ACTIONS_CACHE_MODE = 'none'
    expect(await store().restore([dir], 'a-1', [])).toBeUndefined()
    expect(server.entries.map(({ key }) => key)).toEqual(['a-1'])
  })

  test('an archive that cannot be unpacked is a miss, and the next one is tried', async () => {
    const one = store()
    await one.save([dir], 'a-1')
    await one.save([dir], 'b-1')
    server.misbehave.garbage = Buffer.from('this is no archive')
    expect(await one.restore([dir], 'a-1', [])).toBeUndefined()
    expect(notes).toEqual([expect.stringMatching(/^The cache a-1 was not restored: /)])
    delete server.misbehave.garbage
    expect(await one.restore([dir], 'b-1', [])).toBe('b-1')
  })

  test('paths that do not exist save nothing', async () => {
    expect(await store().save([path.join(temp, 'absent')], 'a-1')).toBe(false)
    expect(server.entries).toEqual([])
  })

  test('other output passes while the toolkit is at work', async () => {
    const saving = store().save([dir], 'a-1')
    process.stdout.write('ours\n')
    await saving
    expect(printed.splice(0)).toContain('ours\n')
  })
})

describe('without a service', () => {
  const timed = async <T>(task: Promise<T>): Promise<readonly [T, number]> => {
    const start = performance.now()
    return [await task, (performance.now() - start) / 1000]
  }

  test('nothing is tried where the runner names none', async () => {
    delete process.env.ACTIONS_RESULTS_URL
    const one = store()
    expect(one.available()).toBe(false)
    expect(await one.restore([dir], 'a', [])).toBeUndefined()
    expect(await one.save([dir], 'a')).toBe(false)
    expect(notes).toEqual([])
  })

  test('version 1 of the service needs no token, version 2 does', () => {
    expect(createCacheStore({ env: { ACTIONS_CACHE_URL: 'http://127.0.0.1/' } }).available()).toBe(true)
    expect(createCacheStore({ env: { ACTIONS_RESULTS_URL: 'http://127.0.0.1/' } }).available()).toBe(false)
  })

  test('GitHub Enterprise Server without a cache service', async () => {
    process.env.GITHUB_SERVER_URL = 'https://github.example.com'
    expect(await store().restore([dir], 'a', [])).toBeUndefined()
    expect(server.calls).toEqual([])
  })

  test('a refused connection is found at once, and only once', async () => {
    await server.close()
    const one = store()
    const [restored, seconds] = await timed(one.restore([dir], 'a', []))
    expect(restored).toBeUndefined()
    expect(seconds).toBeLessThan(2)
    expect(await one.save([dir], 'a')).toBe(false)
    expect(notes).toEqual([expect.stringContaining('The cache service cannot be used')])
  })

  test.each([500, 503, 429, 403])('status %d', async (status) => {
    server.misbehave.status = status
    const one = createCacheStore({ log, lookupSeconds: 10 })
    const [restored, seconds] = await timed(one.restore([dir], 'a', []))
    expect(restored).toBeUndefined()
    expect(seconds).toBeLessThan(5)
    expect(server.calls.length).toBeLessThanOrEqual(2)
    expect(notes).toHaveLength(1)
    expect(one.available()).toBe(false)
  })

  test('a service that never answers costs the look-up time', async () => {
    server.misbehave.hang = true
    const [restored, seconds] = await timed(store().restore([dir], 'a', []))
    expect(restored).toBeUndefined()
    expect(seconds).toBeLessThan(3)
    expect(notes).toEqual([expect.stringContaining('no answer within 2 s')])
  })

  test('a cancelled run does not wait for the answer', async () => {
    server.misbehave.hang = true
    const cancel = new AbortController()
    setTimeout(() => cancel.abort(), 100)
    const one = createCacheStore({ log, signal: cancel.signal })
    const [restored, seconds] = await timed(one.restore([dir], 'a', []))
    expect(restored).toBeUndefined()
    expect(seconds).toBeLessThan(1)
  })

  test('a storage that refuses is a miss', async () => {
    await store().save([dir], 'a-1')
    server.misbehave.blobStatus = 403
    expect(await store().restore([dir], 'a-1', [])).toBeUndefined()
    expect(await store().save([dir], 'a-2')).toBe(false)
    expect(notes).toEqual([
      expect.stringMatching(/^The cache a-1 was not restored: /),
      expect.stringMatching(/^The cache a-2 was not saved: /),
    ])
  })
})
