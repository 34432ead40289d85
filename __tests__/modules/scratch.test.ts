import { chmod, lstat, mkdir, readFile, symlink } from 'node:fs/promises'
import path from 'node:path'

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'

import { withAbsolutePaths } from '../../src/modules/absolute-paths.ts'
import { copyModule } from '../../src/modules/scratch.ts'
import { createFiles } from '../../src/system/node/files.ts'
import { makeFolder, removeFolder } from '../helpers/folder.ts'

const files = createFiles()

describe('copyModule', () => {
  let base = ''
  let from = ''
  let to = ''
  beforeEach(async () => {
    base = await makeFolder({
      'm/go.mod': 'module m\n\nrequire a.b/c v1.0.0 // kept\n\nreplace a.b/c => ../c // why\n\nreplace a.b/d => ./d\n',
      'm/go.sum': '',
      'm/main.go': 'package main\n',
      'm/d/go.mod': 'module a.b/d\n\nreplace a.b/c => ../../c\n\nreplace a.b/e => ../e\n',
      'm/vendor/modules.txt': '',
      'm/.git/config': '',
      'm/.github/workflows/ci.yml': '',
      'm/d/.git': 'gitdir: elsewhere\n',
      'm/node_modules/n/index.js': '',
      'secret.txt': 'secret',
      'c/go.mod': 'module a.b/c\n',
    })
    from = path.join(base, 'm')
    to = path.join(base, 'scratch', 'copy')
  })
  afterEach(() => removeFolder(base))

  const tree = async (dir: string): Promise<readonly string[]> => {
    const entries = await files.list(dir)
    const below = await Promise.all(
      entries.map(async ({ name, kind }) =>
        kind === 'dir' ? (await tree(path.join(dir, name))).map((file) => `${name}/${file}`) : [name],
      ),
    )
    return below.flat().sort()
  }

  test('copies everything but version control and node_modules', async () => {
    const copy = await copyModule(files, from, to)
    expect(await tree(to)).toEqual([
      '.github/workflows/ci.yml',
      'd/go.mod',
      'go.mod',
      'go.sum',
      'main.go',
      'vendor/modules.txt',
    ])
    expect(copy).toMatchObject({ files: 6, leftOut: [] })
  })

  test('keeps directories outside reachable, and changes nothing else', async () => {
    await copyModule(files, from, to)
    const c = path.join(base, 'c').replaceAll(path.sep, '/')
    expect(await readFile(path.join(to, 'go.mod'), 'utf8')).toBe(
      `module m\n\nrequire a.b/c v1.0.0 // kept\n\nreplace a.b/c => ${c} // why\n\nreplace a.b/d => ./d\n`,
    )
    expect(await readFile(path.join(to, 'd/go.mod'), 'utf8')).toBe(
      `module a.b/d\n\nreplace a.b/c => ${c}\n\nreplace a.b/e => ../e\n`,
    )
    expect(await readFile(path.join(from, 'go.mod'), 'utf8')).toContain('=> ../c // why')
  })

  test('makes files of links to files inside, and leaves out all other links', async () => {
    await symlink('main.go', path.join(from, 'inside.go'))
    await symlink('../secret.txt', path.join(from, 'outside.txt'))
    await symlink('..', path.join(from, 'parent'))
    await symlink('d', path.join(from, 'dir'))
    await symlink('nowhere', path.join(from, 'broken'))
    await symlink('.git/config', path.join(from, 'config'))
    const copy = await copyModule(files, from, to)
    expect([...copy.leftOut].sort()).toEqual(['broken', 'config', 'dir', 'outside.txt', 'parent'])
    expect((await lstat(path.join(to, 'inside.go'))).isFile()).toBe(true)
    expect((await tree(to)).join()).not.toMatch(/outside|parent|dir,|broken|config/)
  })

  test('follows the way to the module itself', async () => {
    await symlink('m', path.join(base, 'link'))
    await copyModule(files, path.join(base, 'link'), to)
    expect(await tree(to)).toContain('main.go')
  })

  test('go.mod and go.sum can be written in a copy of a read-only checkout', async () => {
    await chmod(path.join(from, 'go.mod'), 0o444)
    await chmod(path.join(from, 'go.sum'), 0o444)
    await copyModule(files, from, to)
    for (const name of ['go.mod', 'go.sum']) expect((await lstat(path.join(to, name))).mode & 0o200).toBe(0o200)
  })

  test('does not copy a scratch directory into itself', async () => {
    const below = path.join(from, 'tmp', 'copy')
    await mkdir(below, { recursive: true })
    await copyModule(files, from, below)
    expect((await tree(below)).filter((name) => name.startsWith('tmp'))).toEqual([])
  })

  test('refuses a module that is too large', async () => {
    await expect(copyModule(files, from, to, { maxBytes: 20 })).rejects.toThrow(/too large to be copied/)
  })
})

describe('withAbsolutePaths', () => {
  test.each([
    ['go.mod', 'replace (\r\n\ta v1.0.0 => ../x\r\n)\r\n', 'replace (\r\n\ta v1.0.0 => /r/x\r\n)\r\n'],
    ['go.mod', 'replace => => "../x"//c', 'replace => => /r/x//c'],
    ['go.mod', 'replace a => "../a b\\t"', 'replace a => "/r/a b\\t"'],
    ['go.mod', 'replace ../x => ../x', 'replace ../x => /r/x'],
    ['go.mod', 'replace a => /abs', 'replace a => /abs'],
    ['go.mod', 'replace a => C:/abs', 'replace a => C:/abs'],
    ['go.mod', 'replace a => b v1.0.0', 'replace a => b v1.0.0'],
    ['go.work', 'use ./in\nuse ../x\nreplace a => ../../y\n', 'use ./in\nuse /r/x\nreplace a => /y\n'],
  ] as const)('%s: %j', (name, text, expected) => {
    expect(withAbsolutePaths(name, text, '/r/m', '/r/m')).toBe(expected)
  })
})
