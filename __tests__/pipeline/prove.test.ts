import { readFile } from 'node:fs/promises'
import path from 'node:path'

import { beforeAll, describe, expect, test } from '@jest/globals'

import { diagnose } from '../../src/diagnosis/diagnose.ts'
import { rules } from '../../src/diagnosis/rules/index.ts'
import type { Finding } from '../../src/domain/finding.ts'
import { createFactSource } from '../../src/pipeline/facts.ts'
import { proveFindings, type ProofCheck, type ProveOptions, type Proven } from '../../src/pipeline/prove.ts'
import { newerOf } from '../../src/pipeline/proving/candidates.ts'
import { createProofCheck } from '../../src/pipeline/proving/check.ts'
import { judgeCandidate, type CheckError, type Outcome } from '../../src/pipeline/proving/judge.ts'
import { withImports } from '../../src/pipeline/proving/replace-imports.ts'
import build from '../../src/probes/build.ts'
import { makeFileProxy } from '../helpers/file-proxy.ts'
import { makeFolder } from '../helpers/folder.ts'
import { probeContext } from '../helpers/probe-context.ts'

const mod = (name: string, more = ''): string => `module ${name}\n\ngo 1.21\n${more}`
/** A library without imports compiles in no time; `limit` is there on linux alone. */
const broken = (name: string): Record<string, string> => ({
  'lib.go': `package ${name}\n\nfunc Limit() int { return limit }\n`,
  'lib_linux.go': `package ${name}\n\nconst limit = 1\n`,
})
const whole = (name: string): Record<string, string> => ({
  ...broken(name),
  'lib_other.go': `//go:build !linux\n\npackage ${name}\n\nconst limit = 2\n`,
})

const partial = {
  'lib.go': 'package grown\n',
  'lib_linux.go': 'package grown\n\nfunc Limit() int { return 1 }\n',
}

const modules: Record<string, Record<string, string>> = {
  // A patch corrects it, and so do later versions.
  'example.org/patched@v1.0.0': { 'go.mod': mod('example.org/patched'), ...broken('patched') },
  'example.org/patched@v1.0.1': { 'go.mod': mod('example.org/patched'), ...whole('patched') },
  'example.org/patched@v1.1.0': { 'go.mod': mod('example.org/patched'), ...whole('patched') },
  // The patch does not, the next minor version does.
  'example.org/later@v1.0.0': { 'go.mod': mod('example.org/later'), ...broken('later') },
  'example.org/later@v1.0.1': { 'go.mod': mod('example.org/later'), ...broken('later') },
  'example.org/later@v1.2.0': { 'go.mod': mod('example.org/later'), ...whole('later') },
  // Nothing helps.
  'example.org/never@v1.0.0': { 'go.mod': mod('example.org/never'), ...broken('never') },
  'example.org/never@v1.0.1': { 'go.mod': mod('example.org/never'), ...broken('never') },
  // The only other version compiles and takes away what is used.
  'example.org/changed@v1.0.0': { 'go.mod': mod('example.org/changed'), ...broken('changed') },
  'example.org/changed@v1.0.1': {
    'go.mod': mod('example.org/changed'),
    'lib.go': 'package changed\n\nfunc Other() {}\n',
  },
  // Brings a broken one in, and no longer does.
  'example.org/middle@v1.0.0': {
    'go.mod': mod('example.org/middle', '\nrequire example.org/never v1.0.0\n'),
    'm.go': 'package middle\n\nimport "example.org/never"\n\nvar M = never.Limit()\n',
  },
  'example.org/middle@v1.1.0': { 'go.mod': mod('example.org/middle'), 'm.go': 'package middle\n\nvar M = 1\n' },
  // Compiles everywhere, and has what is used on linux alone; so it is until v1.2.0.
  'example.org/grown@v1.0.0': { 'go.mod': mod('example.org/grown'), ...partial },
  'example.org/grown@v1.0.1': { 'go.mod': mod('example.org/grown'), ...partial },
  'example.org/grown@v1.2.0': { 'go.mod': mod('example.org/grown'), ...whole('grown') },
  // Uses the one that was given up.
  'example.org/store@v1.0.0': {
    'go.mod': mod('example.org/store', '\nrequire github.com/boltdb/bolt v1.3.1\n'),
    's.go': 'package store\n\nimport bolt "github.com/boltdb/bolt"\n\nvar S = bolt.Limit()\n',
  },
  // Given up, with a successor whose package has another name.
  'github.com/boltdb/bolt@v1.3.1': { 'go.mod': mod('github.com/boltdb/bolt'), ...broken('bolt') },
  'go.etcd.io/bbolt@v1.3.9': { 'go.mod': mod('go.etcd.io/bbolt'), ...whole('bbolt') },
}

let proxy = ''
let cache = ''
beforeAll(async () => {
  proxy = await makeFileProxy(modules)
  cache = await makeFolder()
})

interface Case {
  readonly files: Readonly<Record<string, string>>
  readonly options?: Partial<ProveOptions>
  readonly env?: Readonly<Record<string, string>>
  readonly dir?: string
  readonly workspace?: string
  /** A go command that makes the module ready. */
  readonly before?: readonly string[]
}

const windows = { goos: 'windows', goarch: 'amd64', cgo: false }
const ports = [windows, { goos: 'linux', goarch: 'amd64' }].map((port) => ({
  ...port,
  cgoSupported: true,
  firstClass: true,
}))
const buildCheck = createProofCheck([build])

/** Builds a module for linux and windows, has the rules explain it and the findings proven. */
async function prove({
  files,
  options = {},
  env = {},
  dir = '.',
  before,
  ...place
}: Case): Promise<Proven & { readonly root: string }> {
  const root = await makeFolder(files)
  const settings = { GOPROXY: proxy, GOSUMDB: 'off', GOMODCACHE: cache, GOFLAGS: '-modcacherw -mod=mod', ...env }
  const context = await probeContext(root, { env: settings, targets: [windows], dir, ...place })
  // Sums for the module as a team would have committed it.
  if (place.workspace === undefined) await context.go.run(['mod', 'tidy'])
  if (before !== undefined) await context.go.run(before)
  const { observations } = await build.run(context)
  const contexts = new Map([[dir, context]])
  const facts = createFactSource(context.system, root, { contexts, ports, observations })
  const checked = ['linux/amd64', 'windows/amd64']
  const { findings } = await diagnose(observations, facts, { rules, disabled: new Set(), docsUrl: (id) => id, checked })
  const given = { system: context.system, contexts, check: buildCheck, checked, ...options }
  return { ...(await proveFindings(findings, given)), root }
}

const app = (name: string, base: string): Record<string, string> => ({
  'go.mod': mod('example.com/app', `\nrequire ${name}\n`),
  'app.go': `package app\n\nimport "${name.split(' ')[0] ?? ''}"\n\nvar X = ${base}.Limit()\n`,
})

const only = ({ findings }: Proven): Finding => {
  expect(findings).toHaveLength(1)
  const [finding] = findings
  if (finding === undefined) throw new Error('no finding')
  return finding
}

describe('a dependency that does not compile on a port', () => {
  test('moves to the smallest step that helps, which was checked', async () => {
    const files = app('example.org/patched v1.0.0', 'patched')
    const result = await prove({ files })
    expect(only(result)).toMatchObject({
      rule: 'port-undefined',
      title: 'example.org/patched has no limit for windows/amd64',
      fix: {
        verified: true,
        commands: ['go get example.org/patched@v1.0.1', 'go mod tidy'],
        summary:
          'Move to example.org/patched@v1.0.1. Checked in a copy of the module: windows/amd64 and the host compile with it.',
      },
    })
    expect(result.notes).toEqual([])
    // Nothing of the checkout was touched.
    expect(await readFile(path.join(result.root, 'go.mod'), 'utf8')).toContain('example.org/patched v1.0.0')
  })

  test('goes on to the next version where the first does not help', async () => {
    const found = only(await prove({ files: app('example.org/later v1.0.0', 'later') }))
    expect(found.fix).toMatchObject({ verified: true, commands: ['go get example.org/later@v1.2.0', 'go mod tidy'] })
  })

  test('says what was tried when nothing newer helps', async () => {
    const { fix } = only(await prove({ files: app('example.org/never v1.0.0', 'never') }))
    expect(fix.verified).toBe(false)
    expect(fix.summary).toContain(
      'Tried in a copy of the module: example.org/never@v1.0.1 still fails on windows/amd64 (undefined: limit). No other newer version or successor is known.',
    )
    expect(fix.summary).not.toContain('prove: ports')
  })

  test('a version that breaks the code elsewhere is no fix', async () => {
    const { fix } = only(await prove({ files: app('example.org/changed v1.0.0', 'changed') }))
    expect(fix.verified).toBe(false)
    expect(fix.summary).toContain(
      'example.org/changed@v1.0.1 compiles there, but other code does not compile with it (example.com/app: undefined: changed.Limit)',
    )
  })

  test('lacks a name there that the own code uses', async () => {
    const { module, title, fix } = only(await prove({ files: app('example.org/grown v1.0.0', 'grown') }))
    expect(module).toBe('example.org/grown')
    expect(title).toBe('example.org/grown has no grown.Limit for windows/amd64')
    expect(fix).toMatchObject({ verified: true, commands: ['go get example.org/grown@v1.2.0', 'go mod tidy'] })
  })

  test('that another one brings in goes with a newer version of that one', async () => {
    const files = {
      'go.mod': mod('example.com/app', '\nrequire example.org/middle v1.0.0\n'),
      'app.go': 'package app\n\nimport "example.org/middle"\n\nvar X = middle.M\n',
    }
    const { module, why, fix, locations } = only(await prove({ files }))
    expect(module).toBe('example.org/never')
    expect(why).toContain('Imported through example.com/app -> example.org/middle -> example.org/never.')
    expect(locations.slice(0, 2)).toEqual([expect.objectContaining({ file: 'go.mod' }), { file: 'app.go', line: 3 }])
    expect(fix).toMatchObject({
      verified: true,
      commands: ['go get example.org/middle@v1.1.0', 'go mod tidy'],
      summary: expect.stringContaining('which does not bring example.org/never@v1.0.0 in any more'),
    })
  })

  test('moves to a successor by new imports, under the name that the code knows', async () => {
    const result = await prove({ files: app('github.com/boltdb/bolt v1.3.1', 'bolt') })
    const { fix } = only(result)
    expect(fix).toMatchObject({
      verified: true,
      commands: ['go get go.etcd.io/bbolt@v1.3.9', 'go mod tidy'],
      summary: expect.stringContaining('its successor go.etcd.io/bbolt@v1.3.9 (https://github.com/'),
    })
    expect(fix.diff).toContain('-import "github.com/boltdb/bolt"\n+import bolt "go.etcd.io/bbolt"\n')
    expect(await readFile(path.join(result.root, 'app.go'), 'utf8')).toContain('"github.com/boltdb/bolt"')
  })
})

describe('a module in its surroundings', () => {
  test('what only others import is replaced by its successor', async () => {
    const files = {
      'go.mod': mod('example.com/app', '\nrequire example.org/store v1.0.0\n'),
      'app.go': 'package app\n\nimport "example.org/store"\n\nvar X = store.S\n',
    }
    const { fix } = only(await prove({ files }))
    expect(fix).toMatchObject({
      verified: true,
      commands: ['go mod edit -replace=github.com/boltdb/bolt=go.etcd.io/bbolt@v1.3.9', 'go mod tidy'],
    })
  })

  test('a vendor folder does not hold the old version fast', async () => {
    const files = app('example.org/patched v1.0.0', 'patched')
    const { fix } = only(await prove({ files, before: ['mod', 'vendor'], env: { GOFLAGS: '-modcacherw' } }))
    expect(fix).toMatchObject({ verified: true, commands: ['go get example.org/patched@v1.0.1', 'go mod tidy'] })
  })

  test('in a workspace the other modules stay what they are', async () => {
    const files = {
      'go.work': 'go 1.21\n\nuse (\n\t./app\n\t./lib\n)\n',
      'lib/go.mod': mod('example.com/lib'),
      'lib/lib.go': 'package lib\n\nconst One = 1\n',
      'app/go.mod': mod('example.com/app', '\nrequire example.org/patched v1.0.0\n'),
      'app/app.go':
        'package app\n\nimport (\n\t"example.com/lib"\n\t"example.org/patched"\n)\n\nvar X = patched.Limit() + lib.One\n',
    }
    const { fix, locations } = only(await prove({ files, dir: 'app', workspace: '.', env: { GOFLAGS: '-modcacherw' } }))
    expect(locations[0]).toMatchObject({ file: 'app/go.mod' })
    expect(fix).toMatchObject({ verified: true, commands: ['go get example.org/patched@v1.0.1', 'go mod tidy'] })
  })
})

describe('the judgement of a candidate', () => {
  const error = (target: string, module: string, text = 'undefined: x'): CheckError => ({
    target,
    module,
    package: module === '' ? 'example.com/app' : module,
    text,
  })
  const question = {
    modules: new Set(['dep', 'next']),
    targets: new Set(['a/1', 'b/1']),
    places: new Set(['app.go:5']),
    host: 'h/1',
  }
  const before = [error('a/1', 'dep'), error('b/1', 'dep'), error('b/1', 'other'), error('h/1', '', 'old')]
  const cases: readonly (readonly [string, readonly CheckError[], Outcome['kind']])[] = [
    ['nothing left', [], 'proven'],
    ['what failed before for another reason', [error('b/1', 'other'), error('h/1', '', 'old')], 'proven'],
    ['the successor fails as well', [error('a/1', 'next'), error('b/1', 'next')], 'fails'],
    ['one target is helped', [error('b/1', 'dep')], 'partly'],
    ['the code of the team shows an error everywhere there', [error('a/1', ''), error('b/1', '')], 'uncovers'],
    ['the code of the team shows an error on one', [error('a/1', '')], 'partly'],
    ['the place of the finding still fails', [{ ...error('a/1', ''), place: 'app.go:5' }], 'partly'],
    ['the host does not compile any more', [error('h/1', '', 'new')], 'breaks'],
  ]
  test.each(cases)('%s', (_, after, kind) => {
    expect(judgeCandidate(question, before, after).kind).toBe(kind)
  })

  test('names what is helped', () => {
    expect(judgeCandidate(question, before, [error('b/1', 'next', 'still')])).toEqual({
      kind: 'partly',
      targets: ['a/1'],
      error: error('b/1', 'next', 'still'),
    })
  })
})

describe('versions to try', () => {
  const known = ['v1.0.0', 'v1.0.1', 'v1.0.2', 'v1.1.0', 'v1.3.0-rc.1', 'v2.0.0+incompatible']
  test('the newest patch, of the major version, of all', () => {
    expect(newerOf('v1.0.0', known, 'v2.0.0+incompatible')).toEqual(['v1.0.2', 'v1.1.0', 'v2.0.0+incompatible'])
  })
  test('only newer ones, each once', () => {
    expect(newerOf('v1.1.0', known.slice(0, 4), 'v1.1.0')).toEqual([])
    expect(newerOf('v1.0.1', known.slice(0, 3), 'v1.0.2')).toEqual(['v1.0.2'])
  })
  test('a module without tags moves to its newest commit', () => {
    const latest = 'v0.0.0-20250101000000-abcdefabcdef'
    expect(newerOf('v0.0.0-20190101000000-abcdefabcdef', [], latest)).toEqual([latest])
  })
})

describe('imports that move to a successor', () => {
  const names: Readonly<Record<string, string>> = {
    'a.b/old': 'old',
    'c.d/new': 'fresh',
    'a.b/old/sub': 'sub',
    'c.d/new/sub': 'sub',
  }
  const move = (source: string): Promise<string> =>
    withImports(source, 'a.b/old', 'c.d/new', (name) => Promise.resolve(names[name]))

  test('keep the name that the code uses, and everything else', async () => {
    const source =
      'package x\n\nimport (\n\t"a.b/old" // keep\n\ts "a.b/old/sub"\n\t"a.b/older"\n)\n\nvar _ = "a.b/old"\n'
    expect(await move(source)).toBe(
      'package x\n\nimport (\n\told "c.d/new" // keep\n\ts "c.d/new/sub"\n\t"a.b/older"\n)\n\nvar _ = "a.b/old"\n',
    )
    expect(await move('package x\n\nimport "a.b/old/sub"\n')).toBe('package x\n\nimport "c.d/new/sub"\n')
  })
})

describe('what stands in the way of a proof', () => {
  test('versions that cannot be looked up', async () => {
    const files = app('example.org/patched v1.0.0', 'patched')
    await prove({ files })
    const { fix } = only(await prove({ files, env: { GOPROXY: 'off' } }))
    expect(fix.verified).toBe(false)
    expect(fix.summary).toContain('Not all could be tried: the versions of example.org/patched could not be listed')
  })

  test('a budget that is used up', async () => {
    const files = app('example.org/later v1.0.0', 'later')
    const { findings, notes } = await prove({ files, options: { limits: { seconds: 100, tries: 1 } } })
    expect(findings[0]?.fix.summary).toContain('1 more was not tried: the budget was used up.')
    expect(notes).toEqual([])
    const none = await prove({ files, options: { limits: { seconds: 0, tries: 9 } } })
    expect(none.notes).toEqual([
      'prove: nothing was tried for example.org/later@v1.0.0: the budget of 9 tries and 0 seconds a run was used up.',
    ])
    expect(none.findings[0]?.fix.verified).toBe(false)
  })

  test('a check that cannot be made is a note, and the findings stay', async () => {
    const check: ProofCheck = () => Promise.resolve({ missing: 'the machine is too small' })
    const { findings, notes } = await prove({ files: app('example.org/patched v1.0.0', 'patched'), options: { check } })
    expect(notes).toEqual(['prove: nothing could be tried for example.org/patched@v1.0.0: the machine is too small'])
    expect(findings[0]?.fix.verified).toBe(false)
  })
})
