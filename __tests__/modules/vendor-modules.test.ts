import { execFileSync } from 'node:child_process'
import path from 'node:path'

import { describe, expect, test } from '@jest/globals'

import { parseVendorModules, vendorLine } from '../../src/modules/vendor-modules.ts'
import { makeFolder, removeFolder } from '../helpers/folder.ts'
import { readFile } from 'node:fs/promises'

describe('parseVendorModules', () => {
  test('reads modules, notes, packages and replacements', () => {
    const file = parseVendorModules(
      [
        '## workspace',
        '# a.b/c v1.0.0',
        '## explicit; go 1.21',
        'a.b/c',
        'a.b/c/d',
        '# d.e/f v1.0.0 => ../f',
        '## explicit',
        '# g.h/i v1.0.0 => j.k/l v1.1.0',
        'g.h/i',
        '# m.n/o => ../o',
        '# p.q/r => s.t/u v1.0.0',
        '# a.b/c v1.0.0',
        '## another; note',
        '',
      ].join('\r\n'),
    )
    expect(file).toEqual({
      workspace: true,
      modules: [
        {
          line: 2,
          path: 'a.b/c',
          version: 'v1.0.0',
          explicit: true,
          goVersion: '1.21',
          packages: ['a.b/c', 'a.b/c/d'],
        },
        { line: 6, path: 'd.e/f', version: 'v1.0.0', explicit: true, replacement: { path: '../f' }, packages: [] },
        {
          line: 8,
          path: 'g.h/i',
          version: 'v1.0.0',
          explicit: false,
          replacement: { path: 'j.k/l', version: 'v1.1.0' },
          packages: ['g.h/i'],
        },
        { line: 10, path: 'm.n/o', explicit: false, replacement: { path: '../o' }, packages: [] },
        { line: 11, path: 'p.q/r', explicit: false, replacement: { path: 's.t/u', version: 'v1.0.0' }, packages: [] },
      ],
      problems: [],
    })
    expect(vendorLine(file, 'd.e/f')).toBe(6)
    expect(vendorLine(file, 'd.e/f', 'v1.1.0')).toBeUndefined()
  })

  test('agrees with what go mod vendor writes', async () => {
    const folder = await makeFolder({
      'main/go.mod':
        'module example.com/main\n\ngo 1.21\n\nrequire example.com/dep v1.2.3\n\nreplace example.com/dep v1.2.3 => ../dep\n\nreplace example.com/unused => ../unused\n',
      'main/main.go': 'package main\n\nimport _ "example.com/dep/sub"\n\nfunc main() {}\n',
      'dep/go.mod': 'module example.com/dep\n\ngo 1.20\n',
      'dep/sub/sub.go': 'package sub\n',
      'unused/go.mod': 'module example.com/unused\n',
    })
    const env = {
      PATH: process.env.PATH,
      HOME: folder,
      GOFLAGS: '',
      GOPROXY: 'off',
      GOTOOLCHAIN: 'local',
      GOENV: 'off',
    }
    const cwd = path.join(folder, 'main')
    execFileSync('go', ['mod', 'vendor'], { cwd, env: { ...env, GOCACHE: path.join(folder, 'cache') }, stdio: 'pipe' })
    const file = parseVendorModules(await readFile(path.join(cwd, 'vendor/modules.txt'), 'utf8'))
    await removeFolder(folder)
    expect(file).toEqual({
      workspace: false,
      modules: [
        {
          line: 1,
          path: 'example.com/dep',
          version: 'v1.2.3',
          replacement: { path: '../dep' },
          explicit: true,
          goVersion: '1.20',
          packages: ['example.com/dep/sub'],
        },
        { line: 4, path: 'example.com/unused', replacement: { path: '../unused' }, explicit: false, packages: [] },
      ],
      problems: [],
    })
  })

  test.each([
    ['# a.b/c\n', 'does not name a module'],
    ['# a.b/c master\n', 'does not name a module'],
    ['# a.b/c v1.0.0 => ../x y\n', 'does not name a module'],
    ['a.b/c\n', 'no package of a module'],
    ['<<<<<<< HEAD\n', 'conflict marker'],
  ])('names the line of %j', (text, message) => {
    expect(parseVendorModules(text).problems).toEqual([{ line: 1, message: expect.stringContaining(message) }])
  })

  test('reads 5 MB of one line and of many in linear time', () => {
    parseVendorModules('# '.repeat(2_500_000))
    expect(parseVendorModules('a b\n'.repeat(1_250_000)).problems.length).toBeLessThan(110)
  })
})
