import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import * as fs from 'node:fs/promises'
import path from 'node:path'

import { restoreCaches } from '../../src/cache/restore.ts'
import { createCacheStore } from '../../src/system/actions/cache-store.ts'
import { createCacheJob, exists, moduleZip, offline, type CacheJob } from '../helpers/cache-job.ts'

let one: CacheJob
beforeEach(async () => {
  one = await createCacheJob()
})
afterEach(() => one.close())

const restore = async () => restoreCaches(one.system(), await one.request())

describe('a tampered cache', () => {
  /** Saves a cache as somebody would who can write to it, from the files as a test left them. */
  async function poison(): Promise<void> {
    const { paths, key } = (await one.request()).modules
    expect(await createCacheStore().save(paths, key)).toBe(true)
    await one.clear()
  }
  const readSource = () => fs.readFile(one.at('mod', 'example.com', '!upper@v1.0.0', 'x.go'), 'utf8')
  /** What the code says that the go command ends up with. */
  const says = async () => {
    one.go('build ./...')
    return /Says = "(\w+)"/.exec(await readSource())?.[1]
  }

  beforeEach(async () => {
    await one.clear()
    one.go('mod download')
  })

  test('the go command alone takes a zip with other code beside an honest .ziphash', async () => {
    await one.files.remove(one.at('mod', 'example.com'))
    await fs.chmod(one.upper('v1.0.0.zip'), 0o644)
    await fs.writeFile(one.upper('v1.0.0.zip'), moduleZip('example.com/Upper', 'v1.0.0', 'evil'))
    one.go('build ./...', offline)
    expect(await readSource()).toContain('evil')
  })

  test('other code in a zip is found and fetched again', async () => {
    await one.files.remove(one.at('mod', 'example.com'))
    await fs.writeFile(one.upper('v1.0.0.zip'), moduleZip('example.com/Upper', 'v1.0.0', 'evil'))
    await poison()
    const { cacheHit } = await restore()
    expect(cacheHit).toBe(false)
    expect(one.notes.join('\n')).toMatch(/example\.com\/Upper@v1\.0\.0, its hash h1:\S+ is not the one in go\.sum/)
    expect([await exists(one.upper('v1.0.0.zip')), await exists(one.upper('v1.0.0.ziphash'))]).toEqual([false, false])
    expect(() => one.go('build ./...', offline)).toThrow()
    expect(await says()).toBe('good')
  })

  test('no zip at all, a .ziphash without its zip', async () => {
    await fs.writeFile(one.upper('v1.0.0.zip'), 'this is no zip')
    await fs.writeFile(one.upper('v1.1.0.ziphash'), 'h1:x')
    await poison()
    await restore()
    expect(one.notes.join('\n')).toMatch(/Upper@v1\.0\.0, it cannot be read/)
    expect(await exists(one.upper('v1.1.0.ziphash'))).toBe(false)
    expect(await says()).toBe('good')
  })

  test('a wrong .ziphash beside a good zip is put right', async () => {
    await fs.writeFile(one.upper('v1.0.0.ziphash'), 'h1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=')
    await poison()
    expect((await restore()).cacheHit).toBe(true)
    one.go('build ./...', offline)
  })

  test('extracted folders, links and other files that came along go', async () => {
    const { paths, key } = (await one.request()).modules
    const evil = one.at('mod', 'example.com', '!upper@v1.0.0')
    await fs.chmod(evil, 0o755)
    await fs.chmod(path.join(evil, 'x.go'), 0o644)
    await fs.writeFile(path.join(evil, 'x.go'), 'package x\n\nconst Says = "evil"\n')
    await one.files.write(one.at('mod', 'cache', 'vcs', 'x'), '')
    await one.files.write(one.download('sumdb', 'x'), '')
    await fs.symlink(one.at('proxy', 'example.com', 'other'), one.download('example.com', 'linked'))
    // An archive with everything under the name of the honest one: the version of an entry is made of its paths.
    const honest = createCacheStore()
    expect(await honest.save([one.at('mod')], key)).toBe(true)
    await one.clear()
    const { version } = one.server.entries[0] ?? { version: '' }
    await restoreVersion(paths, key, version)
    // A neighbour that was there before: its folder is not what tells ours from theirs.
    await one.files.write(one.at('mod', 'example.com', 'mine@v1.0.0', 'x.go'), '')
    await restore()
    expect(await exists(one.at('mod', 'example.com', 'mine@v1.0.0', 'x.go'))).toBe(true)
    expect(await exists(evil)).toBe(false)
    expect(await exists(one.at('mod', 'cache', 'vcs'))).toBe(false)
    expect(await exists(one.download('sumdb'))).toBe(false)
    await expect(fs.lstat(one.download('example.com', 'linked'))).rejects.toThrow()
    one.go('build ./...', offline)
    expect(await says()).toBe('good')
  })

  /** Gives the only entry of the server the version that a look-up with these paths asks for. */
  async function restoreVersion(paths: readonly string[], key: string, stored: string): Promise<void> {
    const entry = one.server.entries.find(({ version }) => version === stored)
    if (entry === undefined) throw new Error('nothing stored')
    one.server.entries.length = 0
    await one.files.write(one.at('mod', 'cache', 'download', 'a', '@v', 'v1.0.0.zip'), '')
    await createCacheStore().save(paths, key)
    const real = one.server.entries.pop()
    await one.clear()
    one.server.entries.push({ key, version: real?.version ?? '', body: entry.body })
  }

  test('what was there before the restore is not judged, nor replaced unseen', async () => {
    await poison()
    await one.files.write(
      one.download('example.com', 'mine', '@v', 'v1.0.0.zip'),
      moduleZip('example.com/mine', 'v1.0.0', 'mine'),
    )
    await one.files.write(one.download('example.com', 'mine', '@v', 'v1.0.0.ziphash'), 'h1:mine')
    await one.files.write(one.at('mod', 'example.com', 'mine@v1.0.0', 'x.go'), '')
    await restore()
    expect(await exists(one.download('example.com', 'mine', '@v', 'v1.0.0.zip'))).toBe(true)
    expect(await exists(one.at('mod', 'example.com', 'mine@v1.0.0', 'x.go'))).toBe(true)
    expect(one.notes.join('\n')).toMatch(/1 match go.sum, 0 removed/)
  })

  test('an archive that is none leaves nothing behind', async () => {
    await poison()
    one.server.misbehave.garbage = Buffer.from('garbage')
    expect((await restore()).cacheHit).toBe(false)
    expect(await exists(one.upper('v1.0.0.zip'))).toBe(false)
  })
})
