import { describe, expect, test } from '@jest/globals'

import type { CgoObservation, NameServicesObservation, Observation } from '../../src/domain/observation.ts'
import cgo from '../../src/probes/cgo.ts'
import { makeFolder } from '../helpers/folder.ts'
import { runProbe } from '../helpers/probe-context.ts'

const withC = (name: string): string =>
  `package ${name}\n\n// int one(void);\nimport "C"\n\nfunc one() int { return int(C.one()) }\n`

const mod = 'module example.com/m\n\ngo 1.21\n'
const linux = { goos: 'linux', goarch: 'amd64' }
const cross = { goos: 'linux', goarch: 's390x' }

const cgoOf = (observations: readonly Observation[]): readonly CgoObservation[] =>
  observations.filter((one): one is CgoObservation => one.kind === 'cgo')

const namesOf = (observations: readonly Observation[]): readonly NameServicesObservation[] =>
  observations.filter((one): one is NameServicesObservation => one.kind === 'name-services')

describe('cgo', () => {
  test('tells gone, shrunk, swapped and stub apart, and where each is imported', async () => {
    const root = await makeFolder({
      'go.mod': mod,
      'main.go':
        'package main\n\nimport (\n\t_ "example.com/m/gone"\n\t_ "example.com/m/shrunk"\n\t_ "example.com/m/stub"\n\t_ "example.com/m/swapped"\n)\n\nfunc main() {}\n',
      'gone/c.go': withC('gone'),
      'shrunk/c.go': withC('shrunk'),
      'shrunk/all.go': 'package shrunk\n\nfunc One() int { return one() }\n',
      'swapped/c.go': withC('swapped'),
      'swapped/pure.go': '//go:build !cgo\n\npackage swapped\n\nfunc one() int { return 1 }\n',
      'stub/c.go': withC('stub'),
      'stub/pure.go':
        '//go:build !cgo\n\npackage stub\n\nimport "errors"\n\nfunc open() error { return errors.New("stub: needs cgo") }\n',
      'plain/plain.go': 'package plain\n',
    })
    const result = await runProbe(cgo, root)
    expect(result.outcome).toBe('pass')
    const differences = cgoOf(result.observations)[0]?.differences ?? []
    expect(Object.fromEntries(differences.map((one) => [one.package, [one.change, one.stub]]))).toEqual({
      'example.com/m/gone': ['gone', false],
      'example.com/m/shrunk': ['shrunk', false],
      'example.com/m/swapped': ['swapped', false],
      'example.com/m/stub': ['swapped', true],
    })
    expect(differences.find((one) => one.package === 'example.com/m/stub')).toMatchObject({
      cgoFiles: ['stub/c.go'],
      replacementFiles: ['stub/pure.go'],
      stubSays: 'stub: needs cgo',
      importedAt: { file: 'main.go', line: 6, column: 4 },
    })
    expect(differences.find((one) => one.change === 'shrunk')?.stillUsed).toEqual(['one (shrunk/all.go)'])
  })

  test('the package that changes is the cause, not what only it imports', async () => {
    const root = await makeFolder({
      'go.mod': mod,
      'main.go': 'package main\n\nimport "example.com/m/db"\n\nfunc main() { db.Open() }\n',
      'db/with.go':
        '//go:build cgo\n\npackage db\n\nimport _ "example.com/m/internal/c"\n\nfunc Open() error { return nil }\n',
      'db/without.go':
        '//go:build !cgo\n\npackage db\n\nimport "errors"\n\nfunc Open() error { return errors.New("no database") }\n',
      'internal/c/c.go': withC('c'),
    })
    const [seen] = cgoOf((await runProbe(cgo, root, { settings: { packages: ['.'] } })).observations)
    expect(seen?.differences.map((one) => [one.package, one.change, one.stub])).toEqual([
      ['example.com/m/db', 'swapped', true],
    ])
  })

  test('the import of the team that leads there, the way, and the names that are missed in another package', async () => {
    const root = await makeFolder({
      'go.mod': 'module example.com/m\n\ngo 1.21\n\nrequire example.com/d v1.0.0\n\nreplace example.com/d => ./_d\n',
      'main.go': 'package main\n\nimport "example.com/m/store"\n\nfunc main() { store.Open() }\n',
      'store/store.go': 'package store\n\nimport "example.com/d"\n\nfunc Open() { d.Open() }\n',
      '_d/go.mod': 'module example.com/d\n\ngo 1.21\n',
      '_d/d.go': 'package d\n\nimport "example.com/d/native"\n\nfunc Open() { native.Open() }\n',
      '_d/native/doc.go': 'package native\n',
      '_d/native/native.go': 'package native\n\nimport "C"\n\nfunc Open() {}\n',
    })
    const [seen] = cgoOf((await runProbe(cgo, root)).observations)
    expect(seen?.differences).toMatchObject([
      {
        package: 'example.com/d/native',
        module: { path: 'example.com/d', version: 'v1.0.0' },
        change: 'shrunk',
        stillUsed: ['native.Open (d.go)'],
        chain: ['example.com/m/store', 'example.com/d', 'example.com/d/native'],
        importedAt: { file: 'store/store.go', line: 3, column: 8 },
      },
    ])
  })

  test('C, C++ and assembly files that are passed over, with cgo in the package and without', async () => {
    const root = await makeFolder({
      'go.mod': mod,
      'main.go': 'package main\n\nimport (\n\t_ "example.com/m/bare"\n\t_ "example.com/m/both"\n)\n\nfunc main() {}\n',
      'bare/bare.go': 'package bare\n',
      'bare/fast.c': 'int fast(void) { return 1; }\n',
      'both/both.go': 'package both\n',
      'both/c.go': 'package both\n\nimport "C"\n',
      'both/a.c': '',
      'both/b.cc': '',
      'both/s.S': '',
    })
    const [seen] = cgoOf((await runProbe(cgo, root, { targets: [cross] })).observations)
    expect(seen?.differences.map(({ package: name, change, otherFiles }) => [name, change, otherFiles])).toEqual([
      ['example.com/m/bare', 'ignored', ['bare/fast.c']],
      ['example.com/m/both', 'shrunk', ['both/a.c', 'both/b.cc', 'both/s.S']],
    ])
  })

  test('imports of plugin and runtime/cgo', async () => {
    const root = await makeFolder({
      'go.mod': mod,
      'main.go':
        'package main\n\nimport (\n\t"plugin"\n\t"runtime/cgo"\n)\n\nvar _ = plugin.Open\nvar _ cgo.Handle\n\nfunc main() {}\n',
      'c/c.go': withC('c'),
    })
    const windows = { goos: 'windows', goarch: 'amd64' }
    const all = cgoOf(
      (await runProbe(cgo, root, { targets: [linux, cross, windows], env: { CGO_ENABLED: '' } })).observations,
    )
    const found = all.map(({ imports = [] }) => imports.map((one) => [one.of, one.own, one.stub, one.stubWithCgo]))
    expect(found[1]).toEqual([
      ['plugin', true, true, false],
      ['runtime/cgo', true, false, false],
    ])
    expect(found[2]?.[0]).toEqual(['plugin', true, true, true])
    expect(all[1]?.imports?.[0]?.importedAt).toEqual({ file: 'main.go', line: 4, column: 2 })
    expect(all[1]?.imports?.[1]?.offOn).toContain('linux/s390x')
  })

  test('what no package imports without cgo: a program counts, a library for C and what only another one uses do not', async () => {
    const root = await makeFolder({
      'go.mod': mod,
      'main.go': 'package main\n\nfunc main() {}\n',
      'with.go': '//go:build cgo\n\npackage main\n\nimport _ "example.com/m/driver"\n',
      'driver/c.go': withC('driver'),
      'cmd/tool/main.go': `${withC('main')}\nfunc main() { one() }\n`,
      'cmd/lib/main.go': `${withC('main')}\n//export Two\nfunc Two() {}\n\nfunc main() {}\n`,
    })
    const [seen] = cgoOf((await runProbe(cgo, root, { targets: [cross] })).observations)
    expect(
      seen?.differences.map(({ package: name, change, passedOver, program }) => [name, change, passedOver, program]),
    ).toEqual([
      ['example.com/m', 'shrunk', undefined, undefined],
      ['example.com/m/cmd/lib', 'gone', true, undefined],
      ['example.com/m/cmd/tool', 'gone', true, true],
    ])
  })

  test('a package of which a part works is a stub in part', async () => {
    const root = await makeFolder({
      'go.mod': mod,
      'main.go': 'package main\n\nimport _ "example.com/m/p"\n\nfunc main() {}\n',
      'p/p.go': 'package p\n\nfunc Size(s string) int {\n\tn := 0\n\tfor range s {\n\t\tn++\n\t}\n\treturn n\n}\n',
      'p/c.go': withC('p'),
      'p/no.go': '//go:build !cgo\n\npackage p\n\nimport "errors"\n\nfunc Watch() error { return errors.New("no") }\n',
    })
    const [seen] = cgoOf((await runProbe(cgo, root, { targets: [cross] })).observations)
    expect(seen?.differences).toMatchObject([{ change: 'swapped', stub: true, stubNames: ['Watch'] }])
  })

  test('a port without cgo is never listed with it, and has what another target shows', async () => {
    const root = await makeFolder({
      'go.mod': mod,
      'main.go': 'package main\n\nimport (\n\t_ "example.com/m/gone"\n\t_ "example.com/m/stub"\n)\n\nfunc main() {}\n',
      'gone/c.go': withC('gone'),
      'stub/c.go': withC('stub'),
      'stub/pure.go':
        '//go:build !cgo\n\npackage stub\n\nimport "errors"\n\nfunc open() error { return errors.New("no") }\n',
    })
    const js = { goos: 'js', goarch: 'wasm' }
    const [seen] = cgoOf((await runProbe(cgo, root, { targets: [js], env: { CGO_ENABLED: '1' } })).observations)
    expect(seen).toMatchObject({ enabled: false, reason: 'unsupported' })
    expect(seen?.differences.map((one) => [one.package, one.change, one.stub])).toEqual([
      ['example.com/m/gone', 'gone', false],
      ['example.com/m/stub', 'swapped', true],
    ])
  })

  test('what only a test imports is no part of the program', async () => {
    const root = await makeFolder({
      'go.mod': mod,
      'm.go': 'package m\n',
      'm_test.go': 'package m\n\nimport _ "example.com/m/internal/c"\n',
      'internal/c/c.go': withC('c'),
    })
    const all = await runProbe(cgo, root)
    expect(all.observations).toMatchObject([{ differences: [{ package: 'example.com/m/internal/c' }] }])
    const one = await runProbe(cgo, root, { settings: { packages: ['.'] } })
    expect(one.observations).toMatchObject([{ differences: [] }])
  })

  test.each([
    [{ CGO_ENABLED: '0' }, linux, { enabled: false, reason: 'set' }],
    [{ CGO_ENABLED: '1' }, cross, { enabled: true, reason: 'set' }],
    [{ CGO_ENABLED: '' }, cross, { enabled: false, reason: 'cross' }],
    [{ CGO_ENABLED: '', CC: 'cc' }, undefined, { reason: 'default' }],
    [{ CGO_ENABLED: '', CC: '' }, undefined, { reason: expect.stringMatching(/^(no-)?compiler$/) }],
  ])('%j decides the mode', async (env, target, expected) => {
    const root = await makeFolder({ 'go.mod': mod, 'main.go': 'package main\n\nfunc main() {}\n' })
    const parts = { env, ...(target === undefined ? {} : { targets: [target] }) }
    expect(cgoOf((await runProbe(cgo, root, parts)).observations)[0]).toMatchObject(expected)
  })

  test('who looks up hosts and users, by mode, tags and system; net and os/user are no differences', async () => {
    const root = await makeFolder({
      'go.mod': mod,
      'main.go': 'package main\n\nimport (\n\t_ "net"\n\t_ "os/user"\n)\n\nfunc main() {}\n',
    })
    const targets = [
      { ...linux, cgo: true },
      { ...cross, cgo: false },
      { goos: 'darwin', goarch: 'arm64', cgo: false },
      { goos: 'windows', goarch: 'amd64', cgo: false },
      { goos: 'wasip1', goarch: 'wasm', cgo: false },
      { goos: 'android', goarch: 'arm64', cgo: true },
    ]
    const { observations } = await runProbe(cgo, root, { targets })
    expect(cgoOf(observations).flatMap((one) => one.differences)).toEqual([])
    expect(cgoOf(observations)[0]?.standard).toEqual(['net', 'os/user'])
    const [first] = namesOf(observations)
    expect(first?.importedAt).toEqual({ file: 'main.go', line: 5, column: 4 })
    expect(first?.targets.map(({ target, resolver, users }) => [target.goos, resolver, users])).toEqual([
      ['linux', 'go-or-libc', 'libc'],
      ['linux', 'go', 'files'],
      ['darwin', 'system', 'system'],
      ['windows', 'system', 'system'],
      ['wasip1', 'none', 'files'],
      ['android', 'libc', 'none'],
    ])
    const tagged = async (...tags: string[]) =>
      cgoOf((await runProbe(cgo, root, { targets: [{ ...linux, cgo: true }], settings: { tags } })).observations)[0]
        ?.names
    expect(await tagged('netgo', 'osusergo')).toEqual({ resolver: 'go', users: 'files' })
    expect(await tagged('netcgo')).toEqual({ resolver: 'libc', users: 'libc' })
  })

  test('a library links nothing', async () => {
    const root = await makeFolder({ 'go.mod': mod, 'm.go': 'package m\n\nimport _ "net"\n' })
    const { observations } = await runProbe(cgo, root)
    expect(observations).toMatchObject([{ kind: 'cgo', programs: 0, names: {}, standard: [] }])
  })
})
