import { spawnSync } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'

import { describe, expect, test } from '@jest/globals'

import type { BinaryObservation, BuildObservation } from '../../src/domain/observation.ts'
import type { Target } from '../../src/domain/port.ts'
import binary from '../../src/probes/binary.ts'
import build from '../../src/probes/build.ts'
import { makeFolder } from '../helpers/folder.ts'
import { runProbe } from '../helpers/probe-context.ts'

const linux = { goos: 'linux', goarch: 'amd64' }

describe('binary', () => {
  test('a program that is what was asked for, and one that is not', async () => {
    const root = await makeFolder({
      'go.mod': 'module example.com/m\n\ngo 1.21\n',
      'main.go': 'package main\n\nfunc main() {}\n',
    })
    const built = await runProbe(build, root, { targets: [linux] })
    const good = await runProbe(binary, root, { resultOf: () => Promise.resolve(built) })
    expect(good.outcome).toBe('pass')
    expect(good.observations).toMatchObject([
      { format: expect.stringMatching(/elf/i), linkage: 'static', mismatches: [] },
    ])

    const observation = built.observations.find((one): one is BuildObservation => one.kind === 'build')
    const file = observation?.binaries[0]?.path ?? ''
    const bytes = await readFile(file)
    bytes.writeUInt16LE(183, 18) // e_machine: AArch64 instead of x86-64
    await writeFile(file, bytes)
    const bad = await runProbe(binary, root, { resultOf: () => Promise.resolve(built) })
    expect(bad.outcome).toBe('fail')
    expect((bad.observations[0] as BinaryObservation).mismatches.join('\n')).toMatch(/AArch64|arm64|183/i)
  })

  const usersOf = async (target: Target): Promise<BinaryObservation> => {
    const root = await makeFolder({
      'go.mod': 'module example.com/m\n\ngo 1.21\n',
      'main.go': 'package main\n\nimport "os/user"\n\nfunc main() { _, _ = user.Lookup("root") }\n',
    })
    const built = await runProbe(build, root, { targets: [target] })
    const { observations } = await runProbe(binary, root, { resultOf: () => Promise.resolve(built) })
    return observations[0] as BinaryObservation
  }

  test('a program without cgo reads users by itself', async () => {
    expect(await usersOf({ ...linux, cgo: false })).toMatchObject({ names: { users: 'files' }, mismatches: [] })
  })

  const native = process.platform === 'linux' && process.arch === 'x64' && spawnSync('gcc', ['--version']).status === 0
  // Needs a C compiler for the target.
  ;(native ? test : test.skip)('a program with cgo asks libc for users', async () => {
    expect(await usersOf({ ...linux, cgo: true })).toMatchObject({
      linkage: 'dynamic',
      names: { users: 'libc' },
      mismatches: [],
    })
  })

  test('nothing built is nothing to look at', async () => {
    const root = await makeFolder({ 'go.mod': 'module example.com/m\n\ngo 1.21\n' })
    expect(await runProbe(binary, root)).toMatchObject({ outcome: 'skipped' })
  })
})
