import { execFileSync } from 'node:child_process'
import path from 'node:path'

import { beforeAll, expect, test } from '@jest/globals'

import type { PortCheck } from '../../src/domain/port-check.ts'
import { checkPorts } from '../../src/portcheck/check.ts'
import { ensurePortcheck, type PortcheckTool } from '../../src/portcheck/ensure.ts'
import { portsTable, type PortsTable } from '../../src/portcheck/ports-table.ts'
import { buildRequest } from '../../src/portcheck/request.ts'
import { makeFileProxy } from '../helpers/file-proxy.ts'
import { makeFolder } from '../helpers/folder.ts'
import { goIn } from '../helpers/portcheck.ts'
import { testSystem } from '../helpers/probe-context.ts'

const targets = [
  { goos: 'linux', goarch: 'amd64', cgo: false },
  { goos: 'windows', goarch: 'amd64', cgo: false },
  { goos: 'plan9', goarch: '386', cgo: false },
]

let tool: PortcheckTool
let table: PortsTable
let proxy: string

beforeAll(async () => {
  const system = testSystem()
  const [toolCacheRoot, scratchDir] = await Promise.all([makeFolder(), makeFolder()])
  const { go, env } = await goIn(system, scratchDir)
  // The product's own sources, as a run finds them.
  const made = await ensurePortcheck({ system, go, env, toolCacheRoot, scratchDir })
  if ('unsupported' in made) throw new Error(made.unsupported)
  tool = made
  table = await portsTable({ system, go, env, dir: made.dir })
  proxy = await makeFileProxy({
    'example.com/dep@v1.0.0': {
      'go.mod': 'module example.com/dep\n\ngo 1.20\n',
      'dep_linux.go': 'package dep\n\nfunc Limit() int { return 1 }\n',
      'dep.go': 'package dep\n\nvar Twice = 2 * Limit()\n',
    },
  })
}, 240_000)

interface Asked {
  readonly dir?: string
  readonly before?: readonly string[]
  readonly cacheDir?: string
  readonly modCache?: string
}

/** A check of real files by the real program; `before` are go commands that make them ready, one a line. */
async function check(files: Readonly<Record<string, string>>, asked: Asked = {}): Promise<PortCheck> {
  const root = await makeFolder(files)
  const dir = path.join(root, asked.dir ?? '.')
  const modCache = asked.modCache ?? (await makeFolder())
  const system = testSystem({ GOPROXY: proxy, GOSUMDB: 'off', GOMODCACHE: modCache })
  for (const line of asked.before ?? []) {
    const env = { ...system.env, GOFLAGS: '-modcacherw' }
    execFileSync('go', line.split(' '), { cwd: dir, env, stdio: 'pipe' })
  }
  const { go, env } = await goIn(system, dir)
  const { cacheDir } = asked
  const request = await buildRequest({ system, go, env, dir, targets, table, ...(cacheDir && { cacheDir }) })
  return checkPorts({ system, tool, request, timeoutSeconds: 60 })
}

const shown = ({ slots, errors }: PortCheck) => ({
  slots: Object.fromEntries(slots.map(({ name, status }) => [name, status])),
  errors: errors.map(({ package: name, file, line, message, slots: on, chain, version }) => [
    `${name}${version === '' ? '' : `@${version}`}`,
    `${path.basename(file)}:${line}`,
    message,
    on.join(' '),
    chain.join(' > '),
  ]),
})

const elsewhere = 'windows/amd64 plan9/386'
const inDependency = (from: string, version = 'v1.0.0') => ({
  slots: { 'linux/amd64': 'pass', 'windows/amd64': 'fail', 'plan9/386': 'fail' },
  errors: [
    [
      `example.com/dep${version === '' ? '' : `@${version}`}`,
      'dep.go:3',
      'undefined: Limit',
      elsewhere,
      `${from} > example.com/dep`,
    ],
  ],
})
const importing = 'package m\n\nimport _ "example.com/dep"\n'

test('a module of its own', async () => {
  const found = await check({
    'go.mod': 'module example.com/m\n\ngo 1.22\n',
    'a_linux.go': 'package m\n\nconst only = 1\n',
    'a.go': 'package m\n\nconst A = only\n',
    'a_test.go': 'package m\n\nvar _ = missing\n',
  })
  expect(found.slots.map(({ name, status }) => [name, status])).toEqual([
    ['linux/amd64', 'fail'],
    ['windows/amd64', 'fail'],
    ['plan9/386', 'fail'],
  ])
  expect(
    found.errors.map(({ variant, line, column, message, main, slots }) => [
      variant,
      line,
      column,
      message,
      main,
      slots.join(' '),
    ]),
  ).toEqual([
    ['', 3, 11, 'undefined: only', true, elsewhere],
    ['test', 3, 9, 'undefined: missing', true, expect.stringContaining('linux/amd64')],
  ])
  expect(found.notes).toEqual([])
  expect(found.peakMegabytes).toBeGreaterThan(0)
})

const requiring = (version: string, more = ''): string =>
  `module example.com/m\n\ngo ${version}\n\nrequire example.com/dep v1.0.0\n${more}`

test('a dependency from the module cache, with the chain that leads to it', async () => {
  const found = await check(
    { 'go.mod': requiring('1.22'), 'm.go': importing },
    { before: ['mod tidy', 'mod download'] },
  )
  expect(shown(found)).toEqual(inDependency('example.com/m'))
})

test('an old go.mod', async () => {
  const found = await check({ 'go.mod': requiring('1.15'), 'm.go': importing }, { before: ['mod tidy'] })
  expect(shown(found)).toEqual(inDependency('example.com/m'))
})

test('vendor/', async () => {
  const found = await check({ 'go.mod': requiring('1.22'), 'm.go': importing }, { before: ['mod tidy', 'mod vendor'] })
  expect(shown(found)).toEqual(inDependency('example.com/m'))
})

test('a replacement by a directory', async () => {
  const found = await check(
    {
      'm/go.mod': requiring('1.22', 'replace example.com/dep => ../dep\n'),
      'm/m.go': importing,
      'dep/go.mod': 'module example.com/dep\n\ngo 1.20\n',
      'dep/dep_linux.go': 'package dep\n\nfunc Limit() int { return 1 }\n',
      'dep/dep.go': 'package dep\n\nvar Twice = 2 * Limit()\n',
    },
    { dir: 'm' },
  )
  expect(shown(found)).toEqual(inDependency('example.com/m', ''))
})

test('a workspace', async () => {
  const found = await check(
    {
      'go.work': 'go 1.22\n\nuse ./a\nuse ./b\n',
      'a/go.mod': 'module example.com/a\n\ngo 1.22\n',
      'a/a.go': 'package a\n\nimport _ "example.com/b"\n',
      'b/go.mod': requiring('1.22').replace('example.com/m', 'example.com/b'),
      'b/b.go': importing.replace('package m', 'package b'),
    },
    { dir: 'a', before: ['mod download'] },
  )
  expect(shown(found)).toEqual(inDependency('example.com/a > example.com/b'))
})

test('a second run finds what the first one learned', async () => {
  const [cacheDir, modCache] = await Promise.all([makeFolder(), makeFolder()])
  const once = () =>
    check(
      { 'go.mod': requiring('1.22'), 'm.go': importing },
      { before: ['mod tidy', 'mod download'], cacheDir, modCache },
    )
  const first = await once()
  const second = await once()
  expect(shown(second)).toEqual(shown(first))
  expect(first.cached).toBe(0)
  expect(second.cached).toBeGreaterThan(0)
})
