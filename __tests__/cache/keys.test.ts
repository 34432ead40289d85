import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import * as fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'

import { readDependencies } from '../../src/cache/dependencies.ts'
import { buildEntry, hashDependencies, isPattern, modulesEntry, type CacheKeyParts } from '../../src/cache/keys.ts'
import { globFiles } from '../../src/system/actions/glob.ts'
import { createFiles } from '../../src/system/node/files.ts'

const parts: CacheKeyParts = {
  platform: 'linux',
  arch: 'x64',
  system: 'ubuntu24',
  goVersion: 'go1.26.8',
  dependencies: 'd'.repeat(32),
  commit: '0123456789abcdef0123',
  job: ['ci.yml', 'test', 'first'],
  build: ['0', '-race'],
}
const modules = (change: Partial<CacheKeyParts> = {}) => modulesEntry({ ...parts, ...change }, '/go/mod')
const build = (change: Partial<CacheKeyParts> = {}) => buildEntry({ ...parts, ...change }, '/go/cache')

describe('keys', () => {
  test('modules: the same go.sum of another job, then any go.sum', () => {
    const { key, restoreKeys } = modules()
    const start = 'gopreflight-modules-v1-linux-x64-'
    expect(restoreKeys).toEqual([`${start}${'d'.repeat(32)}-`, start])
    expect(key).toMatch(/^gopreflight-modules-v1-linux-x64-d{32}-[0-9a-f]{16}$/)
  })

  test('modules: neither Go version, commit nor flags matter; go.sum, job and host do', () => {
    const same = [modules({ goVersion: 'go1.27' }), modules({ commit: 'f' }), modules({ build: ['1'] })]
    expect(same.map(({ key }) => key)).toEqual(Array(3).fill(modules().key))
    const others = [modules({ dependencies: 'e' }), modules({ job: ['x'] }), modules({ arch: 'arm64' })]
    expect(new Set([modules(), ...others].map(({ key }) => key)).size).toBe(4)
  })

  test('build: the same go.sum of an older commit, then the same job; never another job, Go or system', () => {
    const { key, restoreKeys } = build()
    expect(key).toBe(`${restoreKeys[0]}0123456789abcdef`)
    expect(restoreKeys[0]).toBe(`${restoreKeys[1]}${'d'.repeat(32)}-`)
    expect(restoreKeys[1]).toMatch(/^gopreflight-build-v1-linux-x64-ubuntu24-go1\.26\.8-[0-9a-f]{16}-$/)
    const others = [
      build({ build: ['1', '-race'] }),
      build({ goVersion: 'go1.26.9' }),
      build({ system: 'alpine' }),
      build({ job: [] }),
    ]
    for (const other of others) expect(other.key.startsWith(restoreKeys[1] ?? '')).toBe(false)
  })

  test('parts cannot run into each other', () => {
    expect(build({ job: ['a', 'b'], build: [] }).key).not.toBe(build({ job: ['a'], build: ['', 'b'] }).key)
    const hash = (...contents: readonly string[]) =>
      hashDependencies(contents.map((content) => ({ path: 'go.sum', content: Buffer.from(content) })))
    expect(hash('ab', 'c')).not.toBe(hash('a', 'bc'))
  })

  test('what the service takes: 512 characters, no commas', () => {
    const { key } = build({ system: 'a,b'.repeat(500), goVersion: 'devel go1.28-abc, linux' })
    expect(key.length).toBeLessThan(512)
    expect(key).not.toContain(',')
  })

  test('paths: downloads without toolchains, the 256 folders of the build cache', () => {
    expect(modules().paths).toEqual([
      '/go/mod/cache/download/**/@v/*.zip',
      '/go/mod/cache/download/**/@v/*.ziphash',
      '/go/mod/cache/download/**/@v/*.mod',
      '/go/mod/cache/download/**/@v/*.info',
      '!/go/mod/cache/download/golang.org/toolchain/**',
    ])
    expect(build().paths).toEqual(['/go/cache/[0-9a-f][0-9a-f]'])
    expect(['/home/a b/go', 'C:\\Users\\RUNNER~1\\go', '/a[1]/go', '/a*'].map(isPattern)).toEqual([
      false,
      false,
      true,
      true,
    ])
  })
})

describe('the files a key follows', () => {
  let root: string
  beforeAll(async () => {
    root = await fs.mkdtemp(path.join(os.tmpdir(), 'dependencies-'))
    for (const name of ['go.sum', 'b/go.sum', 'a/go.sum', 'a/vendor/x/go.sum', 'tools.txt']) {
      await fs.mkdir(path.join(root, path.dirname(name)), { recursive: true })
      await fs.writeFile(path.join(root, name), name)
    }
  })
  afterAll(() => fs.rm(root, { recursive: true }))
  const read = (patterns: readonly string[], defaults: readonly string[] = []) =>
    readDependencies(createFiles(), globFiles, {
      root,
      patterns,
      defaults: defaults.map((name) => path.join(root, name)),
    })

  test('globs and exclusions from the root, in one order', async () => {
    const { files } = await read(['**/go.sum', '!**/vendor/**', 'tools.txt'])
    expect(files).toEqual(['a/go.sum', 'b/go.sum', 'go.sum', 'tools.txt'])
  })

  test('defaults in whatever order they come', async () => {
    const one = await read([], ['go.sum', 'a/go.sum'])
    const two = await read([], ['a/go.sum', 'go.sum'])
    expect(one).toEqual(two)
    expect(one.note).toBeUndefined()
  })

  test('a pattern that matches nothing is said, and the default used', async () => {
    const { files, note } = await read(['no/such.sum'], ['go.sum'])
    expect(files).toEqual(['go.sum'])
    expect(note).toMatch(/matches no file: no\/such\.sum\..*follows go\.sum instead/)
  })

  test('other content is another key', async () => {
    const before = await read(['tools.txt'])
    await fs.writeFile(path.join(root, 'tools.txt'), 'changed')
    expect((await read(['tools.txt'])).hash).not.toBe(before.hash)
  })
})
