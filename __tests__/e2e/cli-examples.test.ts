import { describe, expect, test } from '@jest/globals'
import { readdirSync } from 'node:fs'
import path from 'node:path'

import { checkJson, problemsOf, repository, runCli } from '../helpers/run-cli.ts'
import { serve } from '../helpers/serve.ts'

interface Expected {
  readonly exitCode: 0 | 1
  /** The worst finding: severity, rule, where. */
  readonly worst?: string
  readonly outcomes: Readonly<Record<string, string>>
}

const passed = { verify: 'pass', graph: 'pass', build: 'pass', binary: 'pass' }
const notBuilt = { build: 'skipped', binary: 'skipped' }

const examples: Readonly<Record<string, Expected>> = {
  healthy: { exitCode: 0, outcomes: passed },
  'wrong-sum': {
    exitCode: 1,
    worst: 'error sum-mismatch go.sum:1',
    outcomes: { ...notBuilt, verify: 'fail' },
  },
  'missing-sum': { exitCode: 1, worst: 'error sum-absent go.mod:5', outcomes: { verify: 'fail', build: 'fail' } },
  untidy: { exitCode: 0, worst: 'warning untidy go.mod:7', outcomes: { ...passed, verify: 'fail' } },
  'hidden-cgo': {
    exitCode: 1,
    worst: 'error cgo-undefined clock/clock.go:6',
    outcomes: { verify: 'pass', graph: 'pass', cgo: 'pass', build: 'fail' },
  },
  'one-os-only': {
    exitCode: 1,
    worst: 'error port-undefined main.go:6',
    outcomes: { verify: 'pass', graph: 'pass', build: 'fail', ports: 'fail' },
  },
  'port-blind': { exitCode: 0, worst: 'notice ports-fail main.go:19', outcomes: { ...passed, ports: 'fail' } },
  'int-overflow-32bit': {
    exitCode: 1,
    worst: 'error int-overflow main.go:7',
    outcomes: { verify: 'pass', graph: 'pass', build: 'fail' },
  },
  'stale-vendor': {
    exitCode: 1,
    worst: 'error vendor-inconsistent go.mod:5',
    outcomes: { ...notBuilt, verify: 'fail' },
  },
  'workspace-slip': {
    exitCode: 1,
    worst: 'error workspace-module-missing go.work:6',
    outcomes: { ...notBuilt, verify: 'fail' },
  },
}

describe('examples', () => {
  test('every example is here', () => {
    const there = readdirSync(path.join(repository, 'examples'), { withFileTypes: true })
    const names = there.flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))
    // Those of what hides behind cgo, and of platforms, have tests of their own (cli-hidden-cgo, cli-platforms).
    const elsewhere = ['resolver-differs', 'wasm-calls']
    const here = names.filter((name) => !name.startsWith('hidden-cgo-') && !elsewhere.includes(name))
    expect(here.sort()).toEqual(Object.keys(examples).sort())
  })

  test.each(Object.entries(examples))(
    '%s',
    async (name, expected) => {
      const { exitCode, report } = await checkJson([`examples/${name}`])
      const worst = report.findings[0]
      const at = worst?.locations[0]
      const shown = worst && `${worst.severity} ${worst.rule} ${at?.file ?? '-'}:${at?.line ?? 0}`
      const outcomes = Object.fromEntries(
        report.probes
          .filter(({ module }) => module === report.modules[0]?.dir)
          .map(({ probe, outcome }) => [probe, outcome]),
      )
      expect({ exitCode, worst: shown, outcomes }).toEqual({
        exitCode: expected.exitCode,
        worst: expected.worst?.replace(/ (\S+)$/, ` examples/${name}/$1`),
        outcomes: expect.objectContaining(expected.outcomes),
      })
      expect(report.verdict).toBe(exitCode === 0 ? 'pass' : 'fail')
      expect(report.findings.filter(({ rule }) => rule === 'unexplained' || rule === 'probe-broken')).toEqual([])
    },
    180_000,
  )

  test('nothing that a target does not concern is said of it', async () => {
    const { report } = await checkJson(['examples/hidden-cgo', '--targets', 'linux/amd64'])
    expect(problemsOf(report)).toEqual([])
    const windows = await checkJson(['examples/one-os-only', '--targets', 'windows/amd64 linux/amd64'])
    const built = windows.report.targets.filter(({ build }) => build !== 'none')
    expect(built.map(({ target, build }) => `${target} ${build}`)).toEqual(['linux/amd64 pass', 'windows/amd64 fail'])
    const failing = windows.report.targets.filter(({ build, types }) => build === 'fail' || types === 'fail')
    const named = new Set(windows.report.findings.flatMap(({ targets }) => targets))
    expect([...named].sort()).toEqual(failing.map(({ target }) => target).sort())
    expect([...named].filter((target) => target.startsWith('linux/'))).toEqual([])
  }, 180_000)

  test('an example serves its modules itself, and takes Go from where the user does', async () => {
    const server = await serve(() => undefined)
    const { report } = await checkJson(
      ['examples/wrong-sum', '--go-version', '1.99.9', '--go-download-base-url', `${server.url}/dl`],
      { env: { GOPROXY: `${server.url}/proxy` } },
    )
    await server.close()
    expect(report.toolchain.source).toBe('none')
    expect(report.findings[0]?.message).toContain('No source serves Go 1.99.9')
    expect(server.asked.filter((asked) => asked.startsWith('proxy/golang.org/toolchain/'))).not.toEqual([])
  }, 60_000)

  test('fail-on decides the exit code, disable what is said', async () => {
    const code = async (...flags: string[]) => (await runCli(['check', 'examples/untidy', ...flags])).exitCode
    expect(await code('--fail-on', 'warning')).toBe(1)
    expect(await code('--fail-on', 'warning', '--disable', 'untidy')).toBe(0)
    expect((await runCli(['check', 'examples/stale-vendor', '--fail-on', 'never'])).exitCode).toBe(0)
  }, 180_000)

  test('the terminal report names rule, place and fix, without colours into a pipe', async () => {
    const { exitCode, stdout, stderr } = await runCli(['check', 'examples/int-overflow-32bit'])
    expect(exitCode).toBe(1)
    expect(stdout).toContain('int-overflow')
    expect(stdout).toContain('examples/int-overflow-32bit/main.go:7')
    expect(stdout + stderr).not.toContain('\u001b')
  }, 180_000)
})
