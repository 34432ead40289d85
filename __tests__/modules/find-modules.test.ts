import { symlink } from 'node:fs/promises'
import path from 'node:path'

import { afterEach, describe, expect, test } from '@jest/globals'

import { findModules, ModulesNotFoundError } from '../../src/modules/find-modules.ts'
import { createFiles } from '../../src/system/node/files.ts'
import { makeFolder, removeFolder } from '../helpers/folder.ts'

const files = createFiles()
const mod = 'module x\n'
let root = ''

async function repository(names: Readonly<Record<string, string>>): Promise<void> {
  root = await makeFolder(names)
}

async function dirs(patterns?: readonly string[], start?: string): Promise<readonly string[]> {
  return (await findModules(files, root, patterns, start)).modules.map((module) => module.dir)
}

afterEach(() => removeFolder(root))

describe('without patterns', () => {
  test('finds every go.mod, sorted, and none where Go does not look', async () => {
    await repository({
      'go.mod': mod,
      'services/b/go.mod': mod,
      'services/a/go.mod': mod,
      'vendor/v/go.mod': mod,
      'a/testdata/t/go.mod': mod,
      'node_modules/n/go.mod': mod,
      '.hidden/go.mod': mod,
      '_old/go.mod': mod,
      'go.mod.d/go.mod/x': '',
    })
    expect(await findModules(files, root)).toEqual({
      modules: [
        { dir: '.', goModPath: 'go.mod' },
        { dir: 'services/a', goModPath: 'services/a/go.mod' },
        { dir: 'services/b', goModPath: 'services/b/go.mod' },
      ],
      notes: [],
    })
  })

  test('follows no link', async () => {
    await repository({ 'a/go.mod': mod })
    await symlink(path.join(root, 'a'), path.join(root, 'b'))
    await symlink('..', path.join(root, 'a', 'up'))
    expect(await dirs()).toEqual(['a'])
  })

  test('takes the members of a go.work and says what it leaves out', async () => {
    await repository({
      'go.work': 'go 1.22\nuse (\n./a\n./testdata/t/\n../outside\n./missing\n)\n',
      'a/go.mod': mod,
      'b/go.mod': mod,
      'testdata/t/go.mod': mod,
    })
    const found = await findModules(files, root)
    expect(found.modules).toEqual([
      { dir: 'a', goModPath: 'a/go.mod', workspace: '.' },
      { dir: 'testdata/t', goModPath: 'testdata/t/go.mod', workspace: '.' },
    ])
    expect(found.notes).toEqual([expect.stringContaining('b is not checked: go.work does not use it')])
  })

  test('the nearest go.work is in force', async () => {
    await repository({
      'go.work': 'go 1.22\nuse ./a\n',
      'a/go.mod': mod,
      'n/go.work': 'go 1.22\nuse .\n',
      'n/go.mod': mod,
    })
    expect((await findModules(files, root)).modules.map(({ dir, workspace }) => [dir, workspace])).toEqual([
      ['a', '.'],
      ['n', 'n'],
    ])
  })

  test('starts below the root, and knows a go.work above', async () => {
    await repository({ 'go.work': 'go 1.22\nuse ./x/a\nuse ./b\n', 'x/a/go.mod': mod, 'b/go.mod': mod })
    expect((await findModules(files, root, undefined, 'x')).modules).toEqual([
      { dir: 'x/a', goModPath: 'x/a/go.mod', workspace: '.' },
    ])
  })

  test('takes the module around a directory without one', async () => {
    await repository({ 'm/go.mod': mod, 'm/cmd/tool/main.go': 'package main\n' })
    expect(await dirs(undefined, 'm/cmd/tool')).toEqual(['m'])
  })

  test('finds nothing where there is nothing', async () => {
    await repository({ 'a.txt': '' })
    expect(await dirs()).toEqual([])
  })

  test('stops at a bound and says so', async () => {
    await repository(Object.fromEntries(Array.from({ length: 510 }, (_, i) => [`m${String(i)}/go.mod`, mod])))
    const found = await findModules(files, root)
    expect(found.modules.length).toBe(500)
    expect(found.notes).toEqual([expect.stringContaining('stopped after 500 modules')])
  })

  test('a directory that cannot be read is named', async () => {
    await repository({ 'a/go.mod': mod, 'b/x': '' })
    const closed = {
      ...files,
      list: (dir: string) =>
        dir.endsWith('b') ? Promise.reject(Object.assign(new Error('no'), { code: 'EACCES' })) : files.list(dir),
    }
    const found = await findModules(closed, root)
    expect(found.modules.map((module) => module.dir)).toEqual(['a'])
    expect(found.notes).toEqual(['b could not be searched for modules (EACCES).'])
  })
})

describe('with patterns', () => {
  const tree = {
    'go.mod': mod,
    'go.work': 'go 1.22\nuse .\n',
    'services/a/go.mod': mod,
    'services/b/go.mod': mod,
    'services/c/main.go': '',
    'services/a/deep/er/go.mod': mod,
    'x/testdata/t/go.mod': mod,
    'odd[1]/go.mod': mod,
  }

  test.each<[readonly string[], readonly string[]]>([
    [['.'], ['.']],
    [['services/a'], ['services/a']],
    [['./services/a/'], ['services/a']],
    [['services/*'], ['services/a', 'services/b']],
    [
      ['services/**', 'services/a'],
      ['services/a', 'services/a/deep/er', 'services/b'],
    ],
    [['services/{a,b}'], ['services/a', 'services/b']],
    [['**'], ['.', 'odd[1]', 'services/a', 'services/a/deep/er', 'services/b']],
    [['x/testdata/t'], ['x/testdata/t']],
    [['odd[1]'], ['odd[1]']],
    [[], ['.']],
  ])('%j', async (patterns, expected) => {
    await repository(tree)
    expect(await dirs(patterns)).toEqual(expected)
  })

  test('tells the go.work in force for a module that it does not use', async () => {
    await repository(tree)
    expect((await findModules(files, root, ['services/a'])).modules[0]?.workspace).toBe('.')
  })

  test('names every pattern that matches nothing', async () => {
    await repository(tree)
    const search = findModules(files, root, ['services/c', 'services/z*', '../x', '.', 'nowhere'])
    await expect(search).rejects.toThrow(ModulesNotFoundError)
    await expect(search).rejects.toMatchObject({
      problems: [
        '"services/c" has no go.mod',
        '"services/z*" matches no directory with a go.mod',
        '"../x" lies outside the repository',
        '"nowhere" has no go.mod',
      ],
    })
  })
})
