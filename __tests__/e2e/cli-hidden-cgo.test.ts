import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import path from 'node:path'

import { describe, expect, test } from '@jest/globals'

import { checkJson, repository } from '../helpers/run-cli.ts'

const compiler = spawnSync('gcc', ['--version']).status === 0

interface Expected {
  readonly exitCode: 0 | 1
  /** The finding that the example is for: severity, rule, its first places. */
  readonly finding: string
  readonly says: string
}

/** One example for each way in which cgo hides; the name is the way. */
const examples: Readonly<Record<string, Expected>> = {
  'hidden-cgo': {
    exitCode: 1,
    finding: 'error hidden-cgo main.go:3',
    says: 'lacks examples/hidden-cgo/clock/clock_libc.go, and nothing stands in',
  },
  'hidden-cgo-gone': {
    exitCode: 1,
    finding: 'error hidden-cgo main.go:4 go.mod:5',
    says: 'consists of files that need cgo alone (crc.go)',
  },
  'hidden-cgo-stub': {
    exitCode: 0,
    finding: 'warning hidden-stub store/store.go:4 go.mod:5',
    says: 'is a stub (db_nocgo.go) that builds and only returns errors',
  },
  'hidden-cgo-fallback': {
    exitCode: 0,
    finding: 'notice cgo-fallback main.go:4 go.mod:5',
    says: 'is built from popcount_go.go in place of popcount_c.go',
  },
  'hidden-cgo-ignored-c': {
    exitCode: 0,
    finding: 'warning c-files-ignored main.go:4',
    says: 'passed over without a word',
  },
  'hidden-cgo-plugin': { exitCode: 0, finding: 'warning plugin-stub main.go:6', says: 'plugin: not implemented' },
  'hidden-cgo-runtime': {
    exitCode: 1,
    finding: 'error runtime-cgo-import main.go:4',
    says: 'the program does not link',
  },
  'hidden-cgo-by-chance': {
    exitCode: 0,
    finding: `${compiler ? 'notice' : 'warning'} cgo-by-chance greeting_c.go:4`,
    says: `only because gcc is ${compiler ? '' : 'not '}on PATH`,
  },
  ...(compiler
    ? { 'resolver-differs': { exitCode: 0, finding: 'notice resolver-differs main.go:4', says: '/etc/passwd alone' } }
    : {}),
}

describe('examples of hidden cgo', () => {
  test('every example is here', () => {
    const there = readdirSync(path.join(repository, 'examples')).filter((name) => name.startsWith('hidden-cgo'))
    expect(there.sort()).toEqual(
      Object.keys(examples)
        .filter((name) => name !== 'resolver-differs')
        .sort(),
    )
  })

  // Without builds: what the probe says must not depend on them.
  test.each(Object.entries(examples))('%s', async (name, expected) => {
    const { exitCode, report } = await checkJson([`examples/${name}`, '--probes', 'cgo'])
    const shown = report.findings.map(({ severity, rule, locations }) =>
      [severity, rule, ...locations.map(({ file, line }) => `${file.replace(`examples/${name}/`, '')}:${line}`)].join(
        ' ',
      ),
    )
    expect(shown).toContain(expected.finding)
    const finding = report.findings[shown.indexOf(expected.finding)]
    expect(finding?.message).toContain(expected.says)
    expect({ exitCode, verdict: report.verdict }).toEqual({
      exitCode: expected.exitCode,
      verdict: expected.exitCode === 0 ? 'pass' : 'fail',
    })
    // The mode is told beside it, and nothing else is; without a compiler the host has what other targets have, too.
    if (!compiler) return
    const others = report.findings.filter((one) => one !== finding && one.rule !== 'cgo-by-chance')
    expect(others.map(({ rule }) => rule)).toEqual([])
  })

  test('what is built says who decides cgo and who knows the users, and the program bears it out', async () => {
    const { report } = await checkJson([
      'examples/resolver-differs',
      '--targets',
      'host',
      '--cgo',
      'false',
      '--probes',
      'cgo build binary',
    ])
    expect(report.targets).toMatchObject([
      { cgo: false, cgoReason: 'set', build: 'pass', users: { kind: 'files', confirmed: true } },
    ])
    expect(report.findings).toEqual([])
  }, 180_000)
})
