import { chmod, mkdir, readdir, stat, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'

import { afterAll, beforeAll, expect, test } from '@jest/globals'

import { createFiles } from '../../../src/system/node/files.ts'
import { makeFolder, removeFolder } from '../../helpers/folder.ts'

let folder: string
const files = createFiles()
beforeAll(async () => {
  folder = await makeFolder({ 'a.txt': '0123456789' })
})
afterAll(() => removeFolder(folder))

test('readRange reads no further than the file', async () => {
  expect(Buffer.from(await files.readRange(path.join(folder, 'a.txt'), 8, 100)).toString()).toBe('89')
  expect(await files.readRange(path.join(folder, 'a.txt'), 100, 10)).toHaveLength(0)
})

test('stat of what is not there is undefined, below a file too', async () => {
  expect(await files.stat(path.join(folder, 'none'))).toBeUndefined()
  expect(await files.stat(path.join(folder, 'a.txt', 'b'))).toBeUndefined()
})

test('write makes folders, replaces as a whole and leaves nothing beside', async () => {
  const file = path.join(folder, 'deep/er/b.txt')
  await files.write(file, 'one')
  await files.write(file, 'two', 0o600)
  expect(await files.readText(file)).toBe('two')
  expect(await readdir(path.dirname(file))).toEqual(['b.txt'])
  expect((await stat(file)).mode & 0o777).toBe(0o600)
})

test('createExclusive tells who was first', async () => {
  const file = path.join(folder, 'lock/x')
  expect(await files.createExclusive(file, '1')).toBe(true)
  expect(await files.createExclusive(file, '2')).toBe(false)
  expect(await files.readText(file)).toBe('1')
})

test('remove takes read-only folders, as the module cache has them, and does not follow links', async () => {
  const dir = path.join(folder, 'mod')
  const outside = path.join(folder, 'outside')
  await mkdir(path.join(dir, 'x'), { recursive: true })
  await mkdir(outside)
  await writeFile(path.join(outside, 'kept'), '')
  await writeFile(path.join(dir, 'x', 'f'), '', { mode: 0o444 })
  await symlink(outside, path.join(dir, 'x', 'link'))
  await chmod(path.join(dir, 'x'), 0o555)
  await files.remove(dir)
  await files.remove(dir)
  expect(await files.stat(dir)).toBeUndefined()
  expect(await readdir(outside)).toEqual(['kept'])
})
