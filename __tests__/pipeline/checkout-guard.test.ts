import { expect, test } from '@jest/globals'
import * as fs from 'node:fs/promises'
import path from 'node:path'

import { guardCheckout } from '../../src/pipeline/checkout-guard.ts'
import { createFiles } from '../../src/system/node/files.ts'
import { makeFolder, removeFolder, writeFiles } from '../helpers/folder.ts'

test('what a go command wrote is put back: content, permissions, links; what it made is removed', async () => {
  const root = await makeFolder({
    'a/real.mod': 'module a\n',
    'a/go.sum': 'a sum',
    'go.work': '',
    'b/go.mod': 'module b\n',
  })
  await fs.symlink('real.mod', path.join(root, 'a/go.mod'))
  await fs.chmod(path.join(root, 'b/go.mod'), 0o600)
  const restore = await guardCheckout(
    createFiles(),
    root,
    [
      { dir: 'a', path: 'a', absoluteDir: path.join(root, 'a'), workspace: '.' },
      { dir: 'b', path: 'b', absoluteDir: path.join(root, 'b') },
    ],
    '-trimpath -mod=mod',
  )
  await writeFiles(root, { 'a/go.mod': 'module a // changed\n', 'go.work.sum': 'new', 'b/go.sum': 'new' })
  await fs.rm(path.join(root, 'a/go.sum'))
  await fs.writeFile(path.join(root, 'b/go.mod'), 'module b // changed\n')
  await restore()
  const read = (name: string) => fs.readFile(path.join(root, name), 'utf8')
  expect(await Promise.all(['a/real.mod', 'a/go.sum', 'b/go.mod'].map(read))).toEqual([
    'module a\n',
    'a sum',
    'module b\n',
  ])
  expect(await fs.readlink(path.join(root, 'a/go.mod'))).toBe('real.mod')
  expect((await fs.stat(path.join(root, 'b/go.mod'))).mode & 0o777).toBe(0o600)
  expect([...(await fs.readdir(root)), ...(await fs.readdir(path.join(root, 'b')))]).toEqual([
    'a',
    'b',
    'go.work',
    'go.mod',
  ])
  await removeFolder(root)
})

test('without -mod=mod no go command writes go.mod: what somebody edits meanwhile stays', async () => {
  const root = await makeFolder({ 'go.mod': 'module a\n' })
  const plan = [{ dir: '.', path: 'a', absoluteDir: root }]
  const restore = await guardCheckout(createFiles(), root, plan, '-mod=readonly')
  await writeFiles(root, { 'go.mod': 'module a // edited\n', 'go.sum': 'new' })
  await restore()
  expect(await fs.readFile(path.join(root, 'go.mod'), 'utf8')).toBe('module a // edited\n')
  expect(await fs.readFile(path.join(root, 'go.sum'), 'utf8')).toBe('new')
})
