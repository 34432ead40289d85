import { describe, expect, test } from '@jest/globals'

import type { Report } from '../../src/domain/report.ts'
import { makeFolder } from '../helpers/folder.ts'
import { checkJson } from '../helpers/run-cli.ts'

const told = ({ findings }: Report): readonly string[] =>
  findings.map(({ severity, rule, locations }) =>
    [severity, rule, ...locations.map(({ file, line }) => `${file}:${line}`)].join(' '),
  )

describe('what platforms ask', () => {
  test('calls that cannot work on a port that the run names', async () => {
    const { report, exitCode } = await checkJson(['examples/wasm-calls', '--probes', 'ports'])
    expect(told(report)).toEqual([
      'warning wasm-call examples/wasm-calls/main.go:12',
      'warning wasm-call examples/wasm-calls/main.go:18',
    ])
    expect(exitCode).toBe(0)
    const elsewhere = await checkJson(['examples/wasm-calls', '--probes', 'ports', '--targets', 'host'])
    expect(told(elsewhere.report)).toEqual([])
  }, 180_000)

  test('levels against Go and against the declared processors, file names', async () => {
    const dir = await makeFolder({
      '.github/gopreflight.yml': 'deploy:\n  cpu:\n    linux/amd64: v2\n',
      'go.mod': 'module example.com/m\n\ngo 1.21\n',
      'aux.go': 'package m\n',
    })
    const { report, exitCode } = await checkJson([dir, '--probes', 'platforms', '--targets', 'linux/amd64/v3'], {
      env: { GOARM: '8' },
    })
    expect(told(report)).toEqual([
      'error level-above-deployment .github/gopreflight.yml:3',
      'error level-ignored',
      'warning file-name-refused aux.go:1',
    ])
    expect(exitCode).toBe(1)
  }, 60_000)

  test('tags run when they are named', async () => {
    const dir = await makeFolder({
      'go.mod': 'module example.com/m\n\ngo 1.21\n',
      'm.go': 'package m\n',
      'old.go': '//go:build old\n\npackage m\n\nvar x int = "one"\n',
      'x_linux.go': '//go:build windows\n\npackage m\n',
    })
    const { report, exitCode } = await checkJson([dir, '--probes', 'tags'])
    expect(told(report)).toEqual(['notice file-never-compiled x_linux.go:1', 'notice tag-broken old.go:5'])
    expect(exitCode).toBe(0)
  }, 180_000)
})
