import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import * as fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'

import { ageRestored, listBuildCache, trimBuildCache } from '../../src/cache/trim.ts'
import { createFiles } from '../../src/system/node/files.ts'

const files = createFiles()
let dir: string
let cache: string

beforeEach(async () => {
  dir = await fs.mkdtemp(path.join(os.tmpdir(), 'trim-'))
  cache = path.join(dir, 'cache')
})
afterEach(() => fs.rm(dir, { recursive: true }))

const entry = (name: string) => path.join(cache, name.slice(0, 2), name)
async function put(name: string, bytes: number, modified: number): Promise<void> {
  await fs.mkdir(path.dirname(entry(name)), { recursive: true })
  await fs.writeFile(entry(name), 'x'.repeat(bytes))
  await fs.utimes(entry(name), modified, modified)
}
const names = async () => (await listBuildCache(files, cache)).map(({ file }) => path.basename(file)).sort()

describe('literal caches', () => {
  test('what was restored and not used goes; what was there before stays as it is', async () => {
    await put('00-own', 10, 1000)
    const before = new Set((await listBuildCache(files, cache)).map(({ file }) => file))
    await put('00-used', 20, 2000)
    await put('01-unused', 40, 2000)
    const now = Date.now()
    const { mark, bytes } = await ageRestored(files, cache, before, now)
    expect(bytes).toBe(60)
    expect(now - mark).toBeGreaterThanOrEqual(2 * 3_600_000)
    expect((await fs.stat(entry('00-own'))).mtimeMs).toBe(1_000_000)
    await fs.utimes(entry('00-used'), new Date(), new Date())
    expect(await trimBuildCache(files, cache, mark)).toEqual({ keptBytes: 30, unusedBytes: 40, evictedBytes: 0 })
    expect(await names()).toEqual(['00-own', '00-used'])
  })

  test('over the limit programs go first, then the oldest', async () => {
    await put('00-old', 100, 1000)
    await put('00-new', 100, 3000)
    await put('01-mid', 100, 2000)
    await fs.mkdir(entry('02-d'), { recursive: true })
    await fs.writeFile(path.join(entry('02-d'), 'program'), 'x'.repeat(500))
    expect(await trimBuildCache(files, cache, undefined, 200)).toEqual({
      keptBytes: 200,
      unusedBytes: 0,
      evictedBytes: 600,
    })
    expect(await names()).toEqual(['00-new', '01-mid'])
  })

  test('other files of the build cache are not its entries', async () => {
    await put('00-a', 1, 1000)
    await fs.writeFile(path.join(cache, 'trim.txt'), '1')
    await fs.mkdir(path.join(cache, 'fuzz'))
    expect(await names()).toEqual(['00-a'])
    expect(await listBuildCache(files, path.join(dir, 'absent'))).toEqual([])
  })
})

test('with the go command: packages that the run did not build are trimmed, the others are still hits', async () => {
  for (const [name, text] of Object.entries({
    'go.mod': 'module example.com/m\n\ngo 1.24\n',
    'a/a.go': 'package a\n\nconst A = 1\n',
    'b/b.go': 'package b\n\nconst B = 1\n',
  })) {
    await files.write(path.join(dir, 'm', name), text)
  }
  const env = {
    PATH: process.env.PATH,
    HOME: dir,
    GOCACHE: cache,
    GOENV: 'off',
    GOFLAGS: '',
    GOTOOLCHAIN: 'local',
    GOPROXY: 'off',
  }
  const go = (...args: readonly string[]): string => {
    // -x goes to stderr, so it is told to a file that both share.
    return execFileSync('sh', ['-c', `go ${args.join(' ')} 2>&1`], { cwd: path.join(dir, 'm'), env, encoding: 'utf8' })
  }
  go('build', './...')
  const { mark, bytes } = await ageRestored(files, cache, new Set(), Date.now())
  expect(bytes).toBeGreaterThan(0)
  go('build', './a')
  const { keptBytes, unusedBytes } = await trimBuildCache(files, cache, mark)
  expect([keptBytes > 0, unusedBytes > 0]).toEqual([true, true])
  expect(go('build', '-x', './a')).not.toContain('/compile ')
  expect(go('build', '-x', './b')).toContain('/compile ')
})
