import { symlink } from 'node:fs/promises'
import path from 'node:path'

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'

import { createFacts } from '../../../src/diagnosis/facts/create-facts.ts'
import { noFacts } from '../../../src/diagnosis/facts/no-facts.ts'
import { bringsIn } from '../../../src/diagnosis/facts/require-line.ts'
import { createGoSource, type GoSource } from '../../../src/diagnosis/facts/source.ts'
import { createGo } from '../../../src/go/go.ts'
import { createNodeSystem } from '../../../src/system/node/system.ts'
import { makeFolder, removeFolder } from '../../helpers/folder.ts'

const ports = [
  { goos: 'linux', goarch: 'amd64' },
  { goos: 'windows', goarch: 'amd64' },
  { goos: 'freebsd', goarch: 'amd64' },
]
const windows = { goos: 'windows', goarch: 'amd64' }
const system = createNodeSystem()
let root = ''

/** The go command's answers, written down. */
function answers(more: Partial<GoSource> = {}): GoSource {
  return {
    version: 'go1.26.0',
    env: (target) =>
      Promise.resolve({
        GOOS: target?.goos ?? 'linux',
        GOARCH: 'amd64',
        CGO_ENABLED: '0',
        GOMODCACHE: path.join(root, 'cache/mod'),
        GOWORK: '',
      }),
    graph: () => Promise.resolve([]),
    ports: () => Promise.resolve(ports),
    packageDir: () => Promise.resolve(undefined),
    ...more,
  }
}

beforeAll(async () => {
  root = await makeFolder({
    'repo/go.work': 'go 1.21\n\nuse (\n\t./app\n\t./lib\n)\n\nreplace a.b/replaced => ../x\n',
    'repo/app/go.mod':
      'module example.com/app\n\ngo 1.21\n\nrequire (\n\ta.b/direct v1.0.0\n\ta.b/other v1.0.0 // indirect\n)\n',
    'repo/app/go.sum': 'a.b/direct v1.0.0 h1:x=\n',
    'repo/app/vendor/modules.txt': '# a.b/direct v1.0.0\n## explicit\na.b/direct\n',
    'repo/lib/go.mod': 'module example.com/lib\n\ngo 1.21\n\nrequire a.b/libonly v1.0.0\n',
    'repo/app/main.go':
      'package main\n\nimport (\n\t"example.com/app/c"\n\tyaml "a.b/go-other"\n)\n\nfunc main() { c.F(); helper(); yaml.X() }\n',
    'repo/app/helper_unix.go': '//go:build unix\n\npackage main\n\nfunc helper() {}\n',
    'repo/app/helper_test.go': 'package main\n\nfunc helper() {}\n',
    'repo/app/extra.go': '//go:build extra\n\npackage main\n\nfunc helper() {}\n',
    'repo/app/c/c.go': 'package c\n\nimport "C"\n\n// F is here.\nfunc F() {}\n',
    'repo/app/c/c_linux.go': 'package c\n\nvar OnLinux = 1\n',
    'repo/app/c/doc.go': 'package c\n',
    'cache/mod/a.b/go-other@v1.2.0/x_linux.go': 'package yaml\n\nfunc X() {}\n',
  })
  await symlink(path.join(root, 'repo'), path.join(root, 'link'))
})
afterAll(() => removeFolder(root))

const make = (go?: GoSource) =>
  createFacts({
    files: system.files,
    root: path.join(root, 'repo'),
    moduleDir: path.join(root, 'repo/app'),
    ...(go === undefined ? {} : { go }),
  })

describe('files of a module', () => {
  test('are parsed with their names in the repository', async () => {
    const facts = make()
    expect(await facts.goMod()).toMatchObject({ path: 'app/go.mod', content: { module: { value: 'example.com/app' } } })
    expect((await facts.goSum())?.path).toBe('app/go.sum')
    expect((await facts.goWork())?.content.use.map((use) => use.value)).toEqual(['./app', './lib'])
    expect((await facts.vendor())?.path).toBe('app/vendor/modules.txt')
  })

  test('GOWORK=off is heeded', async () => {
    const go = answers({ env: () => Promise.resolve({ GOWORK: 'off' }) })
    expect(await make(go).goWork()).toBeUndefined()
  })

  test('are read once', async () => {
    let reads = 0
    const files = {
      ...system.files,
      readText: (file: string) => {
        if (file.endsWith('go.sum')) reads++
        return system.files.readText(file)
      },
    }
    const facts = createFacts({ files, root: path.join(root, 'repo'), moduleDir: path.join(root, 'repo/app') })
    await Promise.all([facts.goSum(), facts.goSum()])
    await facts.goSum()
    expect(reads).toBe(1)
  })
})

describe('requireLine', () => {
  test('the own line, another module’s of the workspace, a replace in go.work', async () => {
    const facts = make()
    expect(await facts.requireLine('a.b/direct')).toEqual({ file: 'app/go.mod', line: 6 })
    expect(await facts.requireLine('a.b/libonly')).toEqual({ file: 'lib/go.mod', line: 5 })
    expect(await facts.requireLine('a.b/replaced')).toEqual({ file: 'go.work', line: 8 })
    expect(await facts.requireLine('a.b/unknown')).toBeUndefined()
  })

  test('else the line of the module that brings it in', async () => {
    const graph = () =>
      Promise.resolve([
        ['example.com/app', 'a.b/direct@v1.0.0'],
        ['example.com/app', 'go@1.21'],
        ['a.b/direct@v1.0.0', 'a.b/middle@v1.0.0'],
        ['a.b/middle@v1.0.0', 'a.b/deep@v0.1.0'],
        ['a.b/middle@v1.0.0', 'a.b/direct@v1.0.0'],
      ] as const)
    expect(await make(answers({ graph })).requireLine('a.b/deep')).toEqual({ file: 'app/go.mod', line: 6 })
  })

  test('bringsIn takes the shortest way', () => {
    const edges = [
      ['m', 'x@v1'],
      ['m', 'y@v1'],
      ['x@v1', 'z@v1'],
      ['z@v1', 'deep@v1'],
      ['y@v1', 'deep@v2'],
    ] as const
    expect(bringsIn(edges, 'deep')).toBe('y')
    expect(bringsIn(edges, 'no')).toBeUndefined()
  })
})

describe('locate', () => {
  test('relative to where the command ran, below the root', async () => {
    const facts = make()
    expect(await facts.locate({ file: './main.go', line: 3, column: 2 })).toEqual({
      file: 'app/main.go',
      line: 3,
      column: 2,
    })
    expect(await facts.locate({ file: '../lib/go.mod', line: 1 })).toEqual({ file: 'lib/go.mod', line: 1 })
    expect(await facts.locate({ file: path.join(root, 'repo/app/c/c.go'), line: 1 })).toEqual({
      file: 'app/c/c.go',
      line: 1,
    })
  })

  test('through a link, and from the log of another machine', async () => {
    const facts = make()
    expect(await facts.locate({ file: path.join(root, 'link/app/main.go'), line: 1 })).toEqual({
      file: 'app/main.go',
      line: 1,
    })
    expect(await facts.locate({ file: '/home/runner/work/app/app/c/doc.go', line: 1 })).toEqual({
      file: 'app/c/doc.go',
      line: 1,
    })
    expect(await facts.locate({ file: 'C:/build/c/doc.go', line: 1 })).toEqual({ file: 'app/c/doc.go', line: 1 })
  })

  test('a dependency’s file is the line that requires it', async () => {
    const facts = make(answers())
    const file = '../../cache/mod/a.b/direct@v1.0.0/x.go'
    expect(await facts.locate({ file, line: 9 })).toEqual({ file: 'app/go.mod', line: 6 })
    expect(await facts.locate({ file: '/elsewhere/pkg/mod/a.b/!nobody@v1.0.0/x.go', line: 9 })).toEqual({
      file: 'a.b/Nobody@v1.0.0/x.go',
      line: 9,
    })
  })

  test('what lies elsewhere has no place', async () => {
    const facts = make(answers())
    expect(await facts.locate({ file: '/usr/local/go/src/net/dial.go', line: 1 })).toBeUndefined()
    expect(await facts.locate({ file: '_cgo_gotypes.go', line: 1 })).toBeUndefined()
    expect(await facts.locate({ file: '/other/main.go', line: 1 })).toBeUndefined()
  })

  test('without a checkout it is what was printed', async () => {
    expect(await noFacts.locate({ file: './x/a.go', line: 1 })).toEqual({ file: 'x/a.go', line: 1 })
    expect(await noFacts.locate({ file: '/x/a.go', line: 1 })).toBeUndefined()
    expect(await noFacts.locate({ file: 'C:/x/a.go', line: 1 })).toBeUndefined()
  })
})

describe('excluded declarations', () => {
  test('of the same package, by port and by tag, without tests', async () => {
    expect(
      await make(answers()).excludedDeclarations({ file: './main.go', symbol: 'helper', target: windows }),
    ).toMatchObject([
      { symbol: 'helper', file: 'app/extra.go', line: 5, reason: 'tag', constraint: '//go:build extra' },
      { symbol: 'helper', file: 'app/helper_unix.go', line: 5, reason: 'port', constraint: '//go:build unix' },
    ])
  })

  test('of an imported package of the module, by cgo and by file name', async () => {
    const facts = make(answers())
    expect(await facts.excludedDeclarations({ file: './main.go', symbol: 'c.F', target: windows })).toMatchObject([
      { symbol: 'F', file: 'app/c/c.go', line: 6, reason: 'cgo', constraint: 'import "C"' },
    ])
    expect(await facts.excludedDeclarations({ file: 'main.go', symbol: 'c.OnLinux', target: windows })).toMatchObject([
      { file: 'app/c/c_linux.go', line: 3, reason: 'port', constraint: '_linux.go' },
    ])
    expect(await facts.excludedDeclarations({ file: 'main.go', symbol: 'c.OnLinux' })).toEqual([])
    expect(
      await facts.excludedDeclarations({ file: 'main.go', symbol: 'c.F', target: { ...windows, cgo: true } }),
    ).toEqual([])
  })

  test('of a dependency, whose folder the go command tells', async () => {
    const go = answers({ packageDir: () => Promise.resolve(path.join(root, 'cache/mod/a.b/go-other@v1.2.0')) })
    expect(await make(go).excludedDeclarations({ file: 'main.go', symbol: 'yaml.X', target: windows })).toMatchObject([
      { file: 'a.b/go-other@v1.2.0/x_linux.go', reason: 'port' },
    ])
  })

  test('nothing is known without a build', async () => {
    expect(await make().excludedDeclarations({ file: 'main.go', symbol: 'helper' })).toEqual([])
    expect(await noFacts.excludedDeclarations({ file: 'main.go', symbol: 'helper', target: windows })).toEqual([])
  })

  test('files left out of a package', async () => {
    const files = await make(answers()).excludedFiles?.({ dir: path.join(root, 'repo/app/c'), target: windows })
    expect(files).toMatchObject([
      { file: 'app/c/c.go', reason: 'cgo', constraint: 'import "C"' },
      { file: 'app/c/c_linux.go', reason: 'port', constraint: '_linux.go' },
    ])
    expect(await make(answers()).excludedFiles?.({ package: 'example.com/app/c', target: windows })).toHaveLength(2)
  })
})

test('checksums are looked up once', async () => {
  let asked = 0
  const facts = createFacts({
    files: system.files,
    root,
    moduleDir: root,
    lookupChecksums: () => {
      asked++
      return Promise.resolve({ kind: 'missing', database: 'sum.golang.org' })
    },
  })
  const module = { path: 'a.b/c', version: 'v1.0.0' }
  await Promise.all([facts.checksums(module), facts.checksums(module)])
  expect(asked).toBe(1)
  expect(await noFacts.checksums(module)).toBeUndefined()
})

test('the real go command answers', async () => {
  const goBinary = (await system.processes.find('go')) ?? ''
  const alone = createNodeSystem({ env: { ...process.env, GOFLAGS: '', GOPROXY: 'off', GOWORK: 'off', GOENV: 'off' } })
  const go = createGo({
    system: alone,
    goBinary,
    goroot: '',
    version: 'go1.26.0',
    dir: path.join(root, 'repo/lib'),
    gotoolchain: 'local',
    timeoutSeconds: 60,
  })
  const source = createGoSource(go)
  expect((await source.ports()).length).toBeGreaterThan(30)
  expect((await source.env({ goos: 'plan9', goarch: 'amd64' }))?.GOOS).toBe('plan9')
  expect(await source.packageDir('net/http')).toMatch(/src\/net\/http$/)
  expect(await source.packageDir('--evil')).toBeUndefined()
  expect(await source.packageDir('x\ny')).toBeUndefined()
})
