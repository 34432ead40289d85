import path from 'node:path'
import { describe, expect, test } from '@jest/globals'

import type { TagsObservation } from '../../src/domain/platform-observation.ts'
import type { Target } from '../../src/domain/port.ts'
import type { ProbeContext, ProbeResult } from '../../src/probes/support/probe.ts'
import tags from '../../src/probes/tags.ts'
import type { Clock, System } from '../../src/system/types.ts'
import { makeFolder } from '../helpers/folder.ts'
import { probeContext } from '../helpers/probe-context.ts'

const targets: readonly Target[] = ['linux/amd64', 'windows/amd64', 'js/wasm'].map((name) => {
  const [goos = '', goarch = ''] = name.split('/')
  return { goos, goarch, cgo: false }
})

/**
 * A program in the place of portcheck: it says of every tag it is given, and of none, what `errors` holds, at line 1 of a
 * file of that name on all targets.
 */
const answers = (errors: Readonly<Record<string, readonly string[]>>): string => `
  const errors = ${JSON.stringify(errors)}
  let text = ''
  process.stdin.on('data', (chunk) => (text += chunk)).on('end', () => {
    const request = JSON.parse(text)
    const say = (line) => process.stdout.write(JSON.stringify(line) + '\\n')
    const slots = request.slots.map((_, index) => index)
    say({ t: 'start', version: 1, slots: slots.length })
    const wanted = ['', ...request.tags, ...(request.tags.length > 1 ? [request.tags.join(',')] : [])]
    for (const tag of wanted) for (const message of errors[tag] ?? []) {
      say({ t: 'error', kind: message.startsWith('module ') ? 'load' : 'type', package: 'example.com/m', variant: '', module: 'example.com/m', version: '', main: true,
        file: request.dir + '/' + (tag || 'plain') + '.go', line: 1, column: 2, message, slots })
    }
    for (const slot of slots) say({ t: 'slot', slot, status: 'pass', packages: 1, blocked: 0 })
    say({ t: 'done', errors: 0, packages: 1, seconds: 0, peakMegabytes: 1, cached: 0 })
  })`

async function run(
  files: Readonly<Record<string, string>>,
  errors: Readonly<Record<string, readonly string[]>>,
  parts: Pick<Partial<ProbeContext>, 'portCheck'> & { readonly tags?: readonly string[]; readonly clock?: Clock } = {},
): Promise<ProbeResult & { readonly seen: TagsObservation }> {
  const root = await makeFolder({ 'go.mod': 'module example.com/m\n\ngo 1.22\n', 'm.go': 'package m\n', ...files })
  const dir = await makeFolder({ 'tool.cjs': answers(errors) })
  const settings = { tags: parts.tags ?? [] }
  const context = await probeContext(root, { settings })
  const binary = path.join(dir, 'tool.cjs')
  const tool = {
    binary,
    source: 'tool-cache' as const,
    seconds: 0,
    dir,
    resultsDir: path.join(dir, 'results'),
    rebuild: () => Promise.reject(new Error('it was to start')),
  }
  const rows = targets.map((target) => ({
    ...target,
    cgoSupported: false,
    firstClass: false,
    toolTags: [],
    defaults: {},
  }))
  const table = { rows, toolTags: () => Promise.resolve([]) }
  const result = await tags.run({
    ...context,
    system: { ...asNode(context.system, binary), clock: parts.clock ?? context.system.clock },
    portCheck: parts.portCheck ?? { targets, tools: () => Promise.resolve({ tool, table }), alone: false },
  })
  const seen = result.observations.find((one): one is TagsObservation => one.kind === 'tags')
  if (seen === undefined) throw new Error('the probe observed nothing')
  return { ...result, seen }
}

function asNode(system: System, binary: string): System {
  const { processes } = system
  return {
    ...system,
    processes: {
      ...processes,
      run: (command) =>
        processes.run(command.argv[0] === binary ? { ...command, argv: [process.execPath, binary] } : command),
    },
  }
}

const tagged = (constraint: string): string => `//go:build ${constraint}\n\npackage m\n`

describe('tags', () => {
  test('each tag on its own and what files ask for together; what holds without them is not told', async () => {
    const { seen, outcome } = await run(
      { 'a.go': tagged('a'), 'ab.go': tagged('a && b'), 'gen.go': tagged('ignore'), 'x_linux.go': tagged('!a') },
      { '': ['undefined: always'], a: ['undefined: a'], 'a,b': ['undefined: both'] },
    )
    expect(outcome).toBe('pass')
    expect(seen.runs.map((one) => [one.tags.join(','), one.errors.map((error) => error.message)])).toEqual([
      ['a', ['undefined: a']],
      ['b', []],
      ['a,b', ['undefined: both']],
    ])
    expect(seen.runs[0]).toMatchObject({
      checked: ['linux/amd64', 'windows/amd64', 'js/wasm'],
      errors: [{ at: { file: 'a.go', line: 1, column: 2 }, targets: ['linux/amd64', 'windows/amd64', 'js/wasm'] }],
    })
  })

  test('tags of the run are set anyway', async () => {
    const { seen } = await run({ 'ab.go': tagged('a && b') }, { 'a,b': ['undefined: both'] }, { tags: ['a'] })
    expect(seen.runs.map((one) => [one.tags, one.errors.length])).toEqual([[['b'], 1]])
  })

  test('files that no build compiles are named, those that a tag brings in are not', async () => {
    const { seen, reason } = await run({ 'x_linux.go': tagged('windows'), 'sub/y_nacl.go': 'package sub\n' }, {})
    expect(seen.uncompiled).toEqual([
      { file: 'x_linux.go', constraint: '_linux.go, //go:build windows' },
      { file: 'sub/y_nacl.go', constraint: '_nacl.go' },
    ])
    expect(seen.runs).toEqual([])
    expect(reason).toBe('no file of the module uses a build tag of its own')
  })

  test('a module that cannot be had is said and is no error', async () => {
    const missing = 'module example.com/dep@v1.0.0, which may provide package example.com/dep, is not downloaded'
    const { seen, notes } = await run({ 'a.go': tagged('a') }, { a: [missing] })
    expect(seen.runs[0]?.errors).toEqual([])
    expect(notes).toEqual(['With -tags=a not all was checked: example.com/dep@v1.0.0 could not be downloaded.'])
  })

  test('the budget of time is kept, and what it left out is named', async () => {
    let now = 0
    const clock = { now: () => 0, seconds: () => (now += 100), sleep: () => Promise.resolve() }
    const { seen, notes } = await run({ 'a.go': tagged('a'), 'b.go': tagged('b') }, {}, { clock })
    expect(seen.runs).toEqual([])
    expect(notes).toEqual(['The tags probe stopped after 180 seconds; not checked: a b.'])
  })

  test('without a port check the files are looked at all the same', async () => {
    const unsupported = 'The port check needs Go 1.22 or newer; this is go1.21.1.'
    const portCheck = { targets, tools: () => Promise.resolve({ unsupported }), alone: false }
    const { outcome, reason, seen } = await run({ 'a.go': tagged('a'), 'x_linux.go': tagged('js') }, {}, { portCheck })
    expect([outcome, reason, seen.uncompiled.length]).toEqual(['skipped', unsupported, 1])
  })
})
