import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import path from 'node:path'

import type { Report } from '../../src/domain/report.ts'
import { makeFileProxy } from '../helpers/file-proxy.ts'
import { makeFolder, removeFolder, writeFiles } from '../helpers/folder.ts'
import { checkJson, environment, parseReport, runCli, type CliRequest } from '../helpers/run-cli.ts'

const goMod = 'module example.com/m\n\ngo 1.22\n'

async function portsJson(args: readonly string[], request: CliRequest = {}) {
  const result = await runCli(['ports', '--json', ...args], request)
  try {
    return { ...result, report: parseReport(result.stdout) }
  } catch (error) {
    throw new Error(`exit code ${String(result.exitCode)}, stderr:\n${result.stderr}`, { cause: error })
  }
}

const failing = (report: Report): readonly string[] =>
  report.targets.filter(({ types }) => types === 'fail').map(({ target }) => target)

describe('ports', () => {
  let dir: string
  beforeEach(async () => {
    dir = await makeFolder()
  })
  afterEach(() => removeFolder(dir))

  test('a module that compiles everywhere: every port of the toolchain has a verdict, and nothing was built', async () => {
    await writeFiles(dir, { 'go.mod': goMod, 'm.go': 'package m\n\nfunc F() int { return 1 }\n' })
    const { exitCode, report } = await portsJson([dir])
    expect([exitCode, report.verdict, report.findings]).toEqual([0, 'pass', []])
    expect(report.targets.length).toBeGreaterThan(40)
    expect(report.targets.filter(({ types, build }) => types !== 'pass' || build !== 'none')).toEqual([])
    expect(report.probes.map(({ probe, outcome }) => [probe, outcome])).toEqual([['ports', 'pass']])
  })

  test('ports that nobody names are one notice with its causes; named ones fail the run', async () => {
    await writeFiles(dir, {
      'go.mod': goMod,
      'm.go': 'package m\n\nimport "syscall"\n\nvar X = syscall.Kill\n\nvar Y int = 1 << 40\n',
    })
    const { exitCode, report } = await portsJson([dir])
    expect(exitCode).toBe(0)
    expect(report.findings.map(({ rule, severity }) => [rule, severity])).toEqual([['ports-fail', 'notice']])
    const causes = report.findings[0]?.causes ?? []
    expect(causes.map(({ rule }) => rule).sort()).toEqual(['int-overflow', 'port-undefined'])
    expect(report.findings[0]?.targets).toEqual([...failing(report)].sort())
    expect(failing(report)).toEqual(expect.arrayContaining(['plan9/amd64', 'windows/amd64', 'linux/386']))
    expect(failing(report)).not.toContain('linux/amd64')
    const errors = report.targets.find(({ target }) => target === 'windows/386')?.errors
    expect(errors?.map(({ file, line, by }) => [file, line, by])).toEqual([
      ['m.go', 5, 'types'],
      ['m.go', 7, 'types'],
    ])

    const named = await portsJson([dir, '--targets', 'windows/amd64 linux/amd64'])
    expect(named.exitCode).toBe(1)
    expect(named.report.targets.map(({ target }) => target)).toEqual(['linux/amd64', 'windows/amd64'])
    expect(named.report.findings).toMatchObject([
      { rule: 'port-undefined', severity: 'error', targets: ['windows/amd64'], locations: [{ file: 'm.go', line: 5 }] },
    ])
  })

  test('an error on the host fails the run; one of a test file is told with a command that shows it', async () => {
    await writeFiles(dir, {
      'go.mod': goMod,
      'm.go': 'package m\n',
      'm_test.go': 'package m\n\nvar x int = "no"\n',
    })
    const { exitCode, report } = await portsJson([dir])
    expect(exitCode).toBe(1)
    expect(report.findings).toMatchObject([
      { rule: 'compile-error', severity: 'error', locations: [{ file: 'm_test.go', line: 3, column: 13 }] },
    ])
    expect(report.findings[0]?.evidence.command).toContain('go vet ./...')
    expect(report.findings[0]?.targets.length).toBeGreaterThan(40)
  })

  test('tags, packages and levels reach the check', async () => {
    await writeFiles(dir, {
      'go.mod': goMod,
      'good/good.go': 'package good\n',
      'bad/bad.go': '//go:build special && amd64.v3\n\npackage bad\n\nvar x int = "no"\n',
      'bad/doc.go': 'package bad\n',
    })
    const levels = ['--targets', 'linux/amd64/v3 linux/amd64']
    const all = await portsJson([dir, '--tags', 'special', ...levels])
    expect(failing(all.report)).toEqual(['linux/amd64/v3'])
    expect(failing((await portsJson([dir, ...levels])).report)).toEqual([])
    expect(failing((await portsJson([dir, '--tags', 'special', '--packages', './good', ...levels])).report)).toEqual([])
  })

  test('a module that cannot be loaded has one cause and no row of every port', async () => {
    await writeFiles(dir, { 'go.mod': `${goMod}\nnonsense\n`, 'm.go': 'package m\n' })
    const { exitCode, report } = await portsJson([dir])
    expect(exitCode).toBe(1)
    expect(report.targets).toEqual([])
    expect(report.findings).toMatchObject([{ severity: 'error', locations: [{ file: 'go.mod', line: 5 }] }])
  })

  test('a vendor folder that does not fit go.mod has one cause as well', async () => {
    const { exitCode, report } = await portsJson(['examples/stale-vendor'])
    expect([exitCode, report.targets.length]).toEqual([1, 0])
    expect(report.findings.map(({ rule, severity }) => [rule, severity])).toEqual([['vendor-inconsistent', 'error']])
  })

  test('modules that only other ports need are downloaded, and their errors have the line that requires them', async () => {
    const proxy = await makeFileProxy({
      'example.com/win@v1.0.0': {
        'go.mod': 'module example.com/win\n\ngo 1.21\n\nrequire example.com/deep v1.0.0\n',
        'win.go': 'package win\n\nimport "example.com/deep"\n\nvar X = deep.X\n',
      },
      'example.com/deep@v1.0.0': {
        'go.mod': 'module example.com/deep\n\ngo 1.21\n',
        'deep.go': 'package deep\n\nvar X int = "no"\n',
      },
    })
    const env = { GOPROXY: proxy, GONOSUMDB: 'example.com', GOFLAGS: '-modcacherw' }
    await writeFiles(dir, {
      'm/go.mod': `${goMod}\nrequire example.com/win v1.0.0\n`,
      'm/m.go': 'package m\n',
      'm/m_windows.go': 'package m\n\nimport "example.com/win"\n\nvar Y = win.X\n',
    })
    const module = path.join(dir, 'm')
    const offline = { ...env, GOPROXY: 'off', GOMODCACHE: path.join(dir, 'empty') }
    const tidy = { cwd: module, env: environment({ ...env, GOMODCACHE: path.join(dir, 'first') }) }
    execFileSync('go', ['mod', 'tidy'], { ...tidy, stdio: 'ignore' })

    const without = await portsJson([module], { env: offline })
    const windows = (report: Report) => report.targets.filter(({ target }) => target.startsWith('windows/'))
    expect(windows(without.report).length).toBeGreaterThan(2)
    for (const row of windows(without.report)) {
      expect([row.types, row.reason]).toEqual(['skipped', 'example.com/win@v1.0.0 could not be downloaded'])
    }
    expect(without.exitCode).toBe(0)
    expect(without.report.findings[0]?.targets).toEqual(windows(without.report).map(({ target }) => target))

    const found = await portsJson([module], { env: { ...env, GOMODCACHE: path.join(dir, 'second') } })
    expect(failing(found.report)).toEqual(windows(found.report).map(({ target }) => target))
    expect(found.report.findings[0]?.causes).toMatchObject([
      { rule: 'compile-error', module: 'example.com/deep', version: 'v1.0.0' },
    ])
    expect(found.report.findings[0]?.locations[0]?.file).toBe('go.mod')
    expect(found.report.targets.at(-1)?.errors[0]).toMatchObject({ file: 'example.com/deep@v1.0.0/deep.go', line: 3 })
  })

  test('a workspace: each member is checked with the others as they are on disk; one cause is one finding', async () => {
    await writeFiles(dir, {
      'go.work': 'go 1.22\n\nuse (\n\t./app\n\t./lib\n)\n',
      'app/go.mod': 'module example.com/app\n\ngo 1.22\n\nrequire example.com/lib v0.0.0\n',
      'app/app.go': 'package app\n\nimport "example.com/lib"\n\nvar X = lib.X\n',
      'lib/go.mod': 'module example.com/lib\n\ngo 1.22\n',
      'lib/lib.go': 'package lib\n\nvar X = 1\n',
      'lib/lib_plan9.go': 'package lib\n\nvar y int = "no"\n',
    })
    const { report } = await portsJson([dir])
    const rows = report.targets
      .filter(({ types }) => types === 'fail')
      .map(({ module, target }) => `${module} ${target}`)
    const plan9 = ['plan9/386', 'plan9/amd64', 'plan9/arm']
    expect(rows).toEqual(['app', 'lib'].flatMap((member) => plan9.map((port) => `${member} ${port}`)))
    expect(report.findings).toMatchObject([{ rule: 'ports-fail', locations: [{ file: 'lib/lib_plan9.go' }] }])
  })

  test('wrong usage is exit code 2, and what ports cannot use is not offered', async () => {
    const wrong = await runCli(['ports', '--ldflags', '-s', dir])
    expect([wrong.exitCode, wrong.stdout]).toEqual([2, ''])
    expect((await runCli(['ports', path.join(dir, 'nowhere')])).exitCode).toBe(2)
    const help = await runCli(['ports', '--help'])
    expect(help.stdout).toContain('--targets')
    expect(help.stdout).not.toContain('--trimpath')
  })

  test('for people: grid, causes with their ports, and nothing of it on standard error', async () => {
    const { stdout, stderr, exitCode } = await runCli(['ports', 'examples/port-blind'])
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^ {2}linux +ok +ok +fail/m)
    expect(stdout).toContain('ok type-checks · fail does not type-check')
    expect(stdout).toMatch(/32-bit ports \(\d+ targets\)/)
    expect(stdout).toContain('examples/port-blind/main.go:19:14')
    expect(stderr).not.toContain('main.go')
  })
})

describe('the port check beside a build', () => {
  let dir: string
  beforeEach(async () => {
    dir = await makeFolder()
  })
  afterEach(() => removeFolder(dir))

  test('an error that both see is one finding, and the rows say who said what', async () => {
    await writeFiles(dir, { 'go.mod': goMod, 'm.go': 'package m\n\nvar x int = "no"\n' })
    const { report } = await checkJson([dir])
    expect(report.findings.map(({ rule, severity }) => [rule, severity])).toEqual([['compile-error', 'error']])
    const host = report.targets.find(({ build }) => build === 'fail')
    expect(host).toMatchObject({ types: 'fail', errors: [{ by: 'build' }, { by: 'types' }] })
    expect(report.findings[0]?.targets).toHaveLength(report.targets.length)
  }, 120_000)

  test('a zero-input run checks every port, and builds the host', async () => {
    const { report, exitCode } = await checkJson(['examples/healthy'])
    expect(exitCode).toBe(0)
    expect(report.targets.filter(({ build }) => build !== 'none')).toHaveLength(1)
    expect(report.targets.filter(({ types }) => types === 'pass').length).toBeGreaterThan(35)
    expect(report.targets.filter(({ types }) => types === 'fail')).toEqual([])
    for (const { types, reason } of report.targets) if (types === 'skipped') expect(reason).toMatch(/external/)
  }, 120_000)
})
