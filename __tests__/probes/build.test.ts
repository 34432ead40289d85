import { readdir } from 'node:fs/promises'

import { describe, expect, test } from '@jest/globals'

import type { BuildObservation, CommandObservation } from '../../src/domain/observation.ts'
import build from '../../src/probes/build.ts'
import { makeFolder } from '../helpers/folder.ts'
import { runProbe } from '../helpers/probe-context.ts'

const goMod = 'module example.com/m\n\ngo 1.21\n'
const linux = { goos: 'linux', goarch: 'amd64' }

describe('build', () => {
  test('builds every program of a module, two of one name included, and leaves the checkout alone', async () => {
    const root = await makeFolder({
      'go.mod': goMod,
      'main.go': 'package main\n\nfunc main() {}\n',
      'cmd/tool/main.go': 'package main\n\nfunc main() {}\n',
      'other/tool/main.go': 'package main\n\nfunc main() {}\n',
      'lib/lib.go': 'package lib\n',
    })
    const result = await runProbe(build, root)
    expect(result.outcome).toBe('pass')
    const seen = result.observations.find((one): one is BuildObservation => one.kind === 'build')
    expect(seen?.binaries.map((binary) => binary.package).sort()).toEqual([
      'example.com/m',
      'example.com/m/cmd/tool',
      'example.com/m/other/tool',
    ])
    expect(new Set(seen?.binaries.map((binary) => binary.path)).size).toBe(3)
    expect(result.targets).toMatchObject([{ build: 'pass', types: 'none', errors: [] }])
    expect(result.targets?.[0]?.bytes).toBeGreaterThan(1e6)
    expect((await readdir(root)).sort()).toEqual(['cmd', 'go.mod', 'lib', 'main.go', 'other'])
  })

  test("a failing build names every error, past the compiler's ten, at most twenty in the report", async () => {
    const body = Array.from({ length: 25 }, (_, index) => `\tundefined${index}()`).join('\n')
    const root = await makeFolder({
      'go.mod': goMod,
      'a/a.go': `package a\n\nfunc f() {\n${body}\n}\n`,
      'b/b.go': 'package b\n\nvar x int = "text"\n',
    })
    const result = await runProbe(build, root, { targets: [linux] })
    expect(result.outcome).toBe('fail')
    const row = result.targets?.[0]
    expect(row).toMatchObject({ build: 'fail', truncated: true })
    expect(row?.errors.filter((error) => error.package === 'example.com/m/a')).toHaveLength(20)
    expect(row?.errors).toContainEqual({
      package: 'example.com/m/b',
      file: 'b/b.go',
      line: 3,
      column: 13,
      message: expect.stringContaining('cannot use "text"'),
      by: 'build',
    })
    const command = result.observations.find((one): one is CommandObservation => one.kind === 'command')
    expect(command?.messages.filter((message) => message.text.startsWith('undefined:'))).toHaveLength(25)
    expect(command?.command).not.toMatch(/ -o | -json/)
  })

  test('a target that has no package of the module is skipped with the reason', async () => {
    const root = await makeFolder({ 'go.mod': goMod, 'a_windows.go': 'package a\n' })
    const result = await runProbe(build, root, { targets: [linux] })
    expect(result).toMatchObject({
      outcome: 'skipped',
      targets: [{ build: 'skipped', reason: expect.stringContaining('no package') }],
    })
  })

  test('a port that needs an external linker is skipped in a group and fails when it is named', async () => {
    const root = await makeFolder({ 'go.mod': goMod, 'main.go': 'package main\n\nfunc main() {}\n' })
    const targets = [{ goos: 'ios', goarch: 'arm64' }]
    const grouped = await runProbe(build, root, { targets, named: false })
    expect(grouped.targets).toMatchObject([{ build: 'skipped', reason: expect.stringContaining('external linker') }])
    const named = await runProbe(build, root, { targets, named: true })
    expect(named).toMatchObject({
      outcome: 'fail',
      targets: [{ build: 'fail', errors: [{ message: expect.stringContaining('external (cgo) linking') }] }],
    })
  })

  test('nothing is built when the packages do not load, and the reason is there', async () => {
    const root = await makeFolder({
      'go.mod': 'module example.com/m\n\ngo 1.21\n\nnonsense\n',
      'main.go': 'package main\n\nfunc main() {}\n',
    })
    const result = await runProbe(build, root)
    expect(result).toMatchObject({
      outcome: 'skipped',
      targets: [{ build: 'skipped', reason: expect.stringContaining('could not be loaded') }],
    })
  })

  test('ldflags, tags and trimpath reach the go command', async () => {
    const root = await makeFolder({
      'go.mod': goMod,
      'main.go': '//go:build special\n\npackage main\n\nvar version string\n\nfunc main() { println(version) }\n',
    })
    const settings = { tags: ['special'], ldflags: '-X "main.version=1 -o 2"', trimpath: true }
    const result = await runProbe(build, root, { settings })
    const command = result.observations.find((one): one is CommandObservation => one.kind === 'command')
    expect(command?.command).toMatch(/go build -trimpath -tags=special '-ldflags=-X "main.version=1 -o 2"' .\/\.\.\.$/)
    expect(result.outcome).toBe('pass')
  })
})
