import { execFileSync } from 'node:child_process'
import path from 'node:path'

import { describe, expect, test } from '@jest/globals'

import type { Go } from '../../src/go/go.ts'
import { goLine } from '../../src/portcheck/dependencies.ts'
import { RequestError } from '../../src/portcheck/module-list.ts'
import type { PortsTable } from '../../src/portcheck/ports-table.ts'
import { buildRequest, type RequestOptions } from '../../src/portcheck/request.ts'
import { makeFileProxy } from '../helpers/file-proxy.ts'
import { makeFolder, writeFiles } from '../helpers/folder.ts'
import { goIn } from '../helpers/portcheck.ts'
import { testSystem } from '../helpers/probe-context.ts'

const table: PortsTable = {
  rows: [{ goos: 'linux', goarch: 'amd64', cgoSupported: true, firstClass: true, toolTags: [], defaults: {} }],
  toolTags: () => Promise.resolve(['amd64.v1']),
}
const targets = [{ goos: 'linux', goarch: 'amd64', cgo: false }]

const proxy = makeFileProxy({
  'example.com/Upper@v1.0.0': { 'go.mod': 'module example.com/Upper\n\ngo 1.18\n', 'u.go': 'package upper\n' },
  'example.com/old@v1.0.0': {
    'go.mod': 'module example.com/old\n\nrequire example.com/Upper v1.0.0\n',
    'o.go': 'package old\n\nimport _ "example.com/Upper"\n',
  },
})

interface Job extends RequestOptions {
  readonly modCache: string
  readonly asked: string[]
  readonly run: (...args: readonly string[]) => void
}

/** A module in a folder with the real go command and a module cache of its own. */
async function job(
  files: Readonly<Record<string, string>>,
  parts: { readonly dir?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<Job> {
  const root = await makeFolder(files)
  const dir = path.join(root, parts.dir ?? '.')
  const modCache = await makeFolder()
  const env = { GOPROXY: await proxy, GOSUMDB: 'off', GOMODCACHE: modCache, GOFLAGS: '', ...parts.env }
  const system = testSystem(env)
  const asked: string[] = []
  const spy = (go: Go): Go => ({
    ...go,
    in: (other) => spy(go.in(other)),
    run(args, options) {
      asked.push(args.join(' '))
      return go.run(args, options)
    },
  })
  const run = (...args: readonly string[]): void => {
    execFileSync('go', args, { cwd: dir, env: { ...system.env, GOFLAGS: '-modcacherw' }, stdio: 'pipe' })
  }
  const { go, env: goEnv } = await goIn(system, dir)
  return { system, go: spy(go), env: goEnv, dir, targets, table, modCache, asked, run }
}

const uses = (name: string): string => `package m\n\nimport _ "${name}"\n`

describe('one module', () => {
  test('from Go 1.17 on go.mod says it all, and no process is started', async () => {
    const one = await job({
      'go.mod':
        'module example.com/m\n\ngo 1.20\n\nrequire (\n\texample.com/Upper v1.0.0 // indirect\n\texample.com/old v1.0.0\n\texample.com/gone v1.2.3\n)\n\nignore ./web\n',
      'm.go': uses('example.com/old'),
    })
    one.run('mod', 'download', 'example.com/old', 'example.com/Upper')
    const { wire, slots, notes } = await buildRequest({ ...one, tags: ['a'], cacheDir: '/results' })
    expect(one.asked).toEqual([])
    expect(notes).toEqual([])
    expect(slots).toMatchObject([
      { name: 'linux/amd64', wire: { goos: 'linux', goarch: 'amd64', cgo: false, toolTags: ['amd64.v1'] } },
    ])
    expect(wire).toEqual({
      version: 1,
      goroot: one.env.GOROOT,
      go: expect.stringMatching(/^go1\.\d+/),
      dir: one.dir,
      tags: ['a'],
      main: [{ path: 'example.com/m', dir: one.dir, go: '1.20', ignore: ['./web'] }],
      modules: [
        {
          path: 'example.com/Upper',
          version: 'v1.0.0',
          dir: path.join(one.modCache, 'example.com', '!upper@v1.0.0'),
          go: '1.18',
          replaced: false,
        },
        {
          path: 'example.com/old',
          version: 'v1.0.0',
          dir: path.join(one.modCache, 'example.com', 'old@v1.0.0'),
          go: '',
          replaced: false,
        },
        { path: 'example.com/gone', version: 'v1.2.3', dir: '', go: '', replaced: false },
      ],
      patterns: ['./...'],
      tests: true,
      dependencyBodies: true,
      files: false,
      cacheDir: '/results',
    })
  })

  test('replacements: of a version before that of a path, by a module and by a directory', async () => {
    const one = await job(
      {
        'm/go.mod': [
          'module example.com/m\n\ngo 1.21\n',
          'require (\n\texample.com/a v1.0.0\n\texample.com/b v1.0.0\n\texample.com/c v1.0.0\n)\n',
          'replace example.com/a => ../wrong\nreplace example.com/a v1.0.0 => ../a',
          'replace example.com/b => example.com/Upper v1.0.0',
          'replace example.com/c v1.1.0 => ../a\n',
        ].join('\n'),
        'a/go.mod': 'module example.com/a\n\ngo 1.19\n',
      },
      { dir: 'm' },
    )
    one.run('mod', 'download', 'example.com/b')
    const { wire } = await buildRequest(one)
    expect(wire.modules).toEqual([
      { path: 'example.com/a', version: '', dir: path.join(one.dir, '..', 'a'), go: '1.19', replaced: true },
      {
        path: 'example.com/b',
        version: 'v1.0.0',
        dir: path.join(one.modCache, 'example.com', '!upper@v1.0.0'),
        go: '1.18',
        replaced: true,
      },
      { path: 'example.com/c', version: 'v1.0.0', dir: '', go: '', replaced: false },
    ])
  })

  test.each([
    ['below Go 1.17', 'module example.com/m\n\ngo 1.16\n\nrequire example.com/old v1.0.0\n'],
    ['without a go line', 'module example.com/m\n\nrequire example.com/old v1.0.0\n'],
    [
      'with an exclude that hits',
      'module example.com/m\n\ngo 1.20\n\nrequire example.com/old v1.0.0\n\nexclude example.com/old v1.0.0\n',
    ],
  ])('%s the go command is asked once', async (_, goMod) => {
    const one = await job({ 'go.mod': goMod, 'm.go': uses('example.com/old') })
    await buildRequest(one)
    expect(one.asked).toEqual(['list -m -e -json -mod=readonly all'])
  })

  test('an old go.mod needs what it does not name', async () => {
    const one = await job({
      'go.mod': 'module example.com/m\n\ngo 1.16\n\nrequire example.com/old v1.0.0\n',
      'm.go': uses('example.com/old'),
    })
    one.run('mod', 'download', 'all')
    one.run('mod', 'tidy')
    const { wire, notes } = await buildRequest(one)
    expect(notes).toEqual([])
    expect(wire.modules.map(({ path: name, version, go }) => [name, version, go])).toEqual([
      ['example.com/Upper', 'v1.0.0', '1.18'],
      ['example.com/old', 'v1.0.0', expect.anything()],
    ])
    expect(wire.modules.every(({ dir }) => dir.startsWith(one.modCache))).toBe(true)
  })

  test('where the build list cannot be had, the requirements stand in, with a note', async () => {
    const one = await job(
      { 'go.mod': 'module example.com/m\n\ngo 1.16\n\nrequire example.com/old v1.0.0\n\nreplace => x\n' },
      { env: { GOPROXY: 'off' } },
    )
    const { wire, notes } = await buildRequest(one)
    expect(wire.modules).toMatchObject([{ path: 'example.com/old', dir: '' }])
    expect(notes).toEqual([expect.stringContaining('The build list could not be read')])
  })

  test('versions and paths that lead out of the module cache lead nowhere', async () => {
    const one = await job({
      'go.mod':
        'module example.com/m\n\ngo 1.20\n\nrequire (\n\texample.com/../../etc v1.0.0\n\texample.com/x master\n)\n',
    })
    const { wire } = await buildRequest(one)
    expect(wire.modules.map(({ dir }) => dir).filter((dir) => dir !== '')).toEqual([])
  })

  test.each([
    ['no go.mod', {}, /go\.mod cannot be read \(ENOENT\)/],
    ['no module line', { 'go.mod': 'go 1.20\n' }, /go\.mod:1: .*module line/],
  ])('%s is an error that names the file', async (_, files, message) => {
    const one = await job({ 'go.mod': 'module m\n' })
    const dir = await makeFolder(files)
    await expect(buildRequest({ ...one, dir })).rejects.toThrow(RequestError)
    await expect(buildRequest({ ...one, dir })).rejects.toThrow(message)
  })
})

describe('GOFLAGS', () => {
  const files = { 'go.mod': 'module example.com/m\n\ngo 1.20\n' }

  test('its tags count where the run has none', async () => {
    const one = await job(files, { env: { GOFLAGS: '-tags=a,b' } })
    expect((await buildRequest(one)).wire.tags).toEqual(['a', 'b'])
    expect((await buildRequest({ ...one, tags: ['c'] })).wire.tags).toEqual(['c'])
  })

  test('what is not honoured is said', async () => {
    const one = await job(files)
    const env = { ...one.env, GOFLAGS: '-modfile=other.mod -overlay=o.json -race' }
    const { notes } = await buildRequest({ ...one, env })
    expect(notes).toHaveLength(3)
    expect(notes.join('\n')).toMatch(/-modfile.*-overlay.*-race/s)
  })
})

describe('vendor/', () => {
  const vendored = async (goVersion: string, flags = ''): Promise<Job> => {
    const one = await job({
      'go.mod': `module example.com/m\n\ngo ${goVersion}\n\nrequire (\n\texample.com/old v1.0.0\n\texample.com/Upper v1.0.0 // indirect\n)\n`,
      'm.go': uses('example.com/old'),
    })
    one.run('mod', 'tidy')
    one.run('mod', 'vendor')
    return { ...one, env: { ...one.env, GOFLAGS: flags } }
  }

  test('it alone provides packages when the go line asks for it', async () => {
    const one = await vendored('1.20')
    const { wire } = await buildRequest(one)
    expect(one.asked).toEqual([])
    expect(wire.vendor).toEqual({
      dir: path.join(one.dir, 'vendor'),
      packages: { 'example.com/Upper': 'example.com/Upper', 'example.com/old': 'example.com/old' },
    })
    expect(wire.modules).toEqual([
      { path: 'example.com/Upper', version: 'v1.0.0', dir: '', go: '1.18', replaced: false },
      { path: 'example.com/old', version: 'v1.0.0', dir: '', go: '', replaced: false },
    ])
  })

  test.each([
    ['1.20', '-mod=mod', false],
    ['1.20', '-mod=readonly', false],
    ['1.13', '', false],
    ['1.13', '-mod=vendor', true],
    ['1.14', '', true],
  ])('go %s with GOFLAGS %j: %s', async (goVersion, flags, used) => {
    const { wire } = await buildRequest(await vendored(goVersion, flags))
    expect(wire.vendor !== undefined).toBe(used)
  })

  test('one that was made for a workspace is none for its module', async () => {
    const one = await job({
      'go.mod': 'module example.com/m\n\ngo 1.22\n',
      'vendor/modules.txt': '## workspace\n',
    })
    expect((await buildRequest(one)).wire.vendor).toBeUndefined()
  })
})

describe('a workspace', () => {
  const files = {
    'go.work': 'go 1.22\n\nuse (\n\t./a\n\t./b\n)\n\nreplace example.com/r => ./r\n',
    'a/go.mod': 'module example.com/a\n\ngo 1.20\n\nrequire example.com/r v1.0.0\n',
    'a/a.go': 'package a\n\nimport _ "example.com/b"\nimport _ "example.com/r"\n',
    'b/go.mod': 'module example.com/b\n\ngo 1.21\n\nrequire example.com/Upper v1.0.0\n',
    'b/b.go': 'package b\n\nimport _ "example.com/Upper"\n',
    'r/go.mod': 'module example.com/r\n\ngo 1.19\n',
    'r/r.go': 'package r\n',
  }

  test('all used modules are main ones; the go command gives the rest', async () => {
    const one = await job(files, { dir: 'a' })
    one.run('mod', 'download')
    const { wire, notes } = await buildRequest(one)
    const root = path.dirname(one.dir)
    expect(notes).toEqual([])
    expect(one.asked).toEqual(['list -m -e -json -mod=readonly all'])
    expect(wire.main).toEqual([
      { path: 'example.com/a', dir: path.join(root, 'a'), go: '1.20' },
      { path: 'example.com/b', dir: path.join(root, 'b'), go: '1.21' },
    ])
    expect(wire.modules).toEqual([
      {
        path: 'example.com/Upper',
        version: 'v1.0.0',
        dir: path.join(one.modCache, 'example.com', '!upper@v1.0.0'),
        go: '1.18',
        replaced: false,
      },
      { path: 'example.com/r', version: '', dir: path.join(root, 'r'), go: '1.19', replaced: true },
    ])
  })

  test('its vendor/ is used, and needs no go command', async () => {
    const one = await job(files, { dir: 'a' })
    one.run('work', 'vendor')
    const { wire } = await buildRequest(one)
    expect(one.asked).toEqual([])
    expect(wire.vendor).toMatchObject({
      dir: path.join(path.dirname(one.dir), 'vendor'),
      packages: { 'example.com/Upper': 'example.com/Upper', 'example.com/r': 'example.com/r' },
    })
  })

  test('GOWORK=off makes it a module of its own', async () => {
    const one = await job(files, { dir: 'b', env: { GOWORK: 'off' } })
    const { wire } = await buildRequest(one)
    expect(wire.main.map(({ path: name }) => name)).toEqual(['example.com/b'])
    expect(one.asked).toEqual([])
  })

  test('a used folder without go.mod is an error that names the file', async () => {
    const one = await job(files, { dir: 'a' })
    await writeFiles(path.dirname(one.dir), { 'go.work': 'go 1.22\n\nuse ./a\nuse ./none\n' })
    await expect(buildRequest(one)).rejects.toThrow(/none.go\.mod cannot be read/)
  })
})

test.each([
  ['module m\n\ngo 1.21\n', '1.21'],
  ['go 1.22.3 // why\nmodule m\n', '1.22.3'],
  ['module m\n\nrequire (\n\tgo.uber.org/zap v1.0.0\n)\n', ''],
  ['module m\r\n\r\ngo 1.20\r\n', '1.20'],
  ['', ''],
])('goLine %j', (text, version) => {
  expect(goLine(text)).toBe(version)
})
