import { describe, expect, test } from '@jest/globals'

import { parsePolicy } from '../../src/config/policy.ts'
import type { Policy } from '../../src/domain/policy.ts'
import type { Port } from '../../src/domain/port.ts'
import type { Outcome, ReportTarget } from '../../src/domain/report.ts'
import { allowanceFor, loosenings, surprises, unverified, type Policies } from '../../src/pipeline/expectations.ts'

const policy = (targets: string): Policy => parsePolicy(`targets:\n${targets}`, 'policy.yml')
const none = policy('')
const today = '2026-11-24'
const must = '  linux/arm64: must-build\n'
const may = '  linux/arm64: { may-fail: old }\n'
const ban = '  linux/arm64: { must-not-build: no }\n'

function said(policies: Policies): string | undefined {
  const found = allowanceFor(policies, { goos: 'linux', goarch: 'arm64', firstClass: true }, today)
  return found?.kind === 'allowed' ? `allowed: ${found.reason}` : found?.kind
}

describe('what holds for a target that fails', () => {
  test.each([
    ['nothing', '', undefined],
    ['a demand', must, 'must-build'],
    ['an exception', may, 'allowed: old'],
    ['an exception until today', '  linux/arm64: { may-fail: old, until: 2026-11-24 }\n', 'allowed: old'],
    ['an exception until yesterday', '  linux/arm64: { may-fail: old, until: 2026-11-23 }\n', 'must-build'],
    ['a ban', ban, 'allowed: no'],
  ])('%s', (_, text, expected) => {
    expect(said({ head: policy(text) })).toBe(expected)
  })

  test.each([
    ['an exception that a change makes for itself', '', may, undefined],
    ['a demand that a change takes out', must, '', 'must-build'],
    ['a demand that a change turns into an exception', must, may, 'must-build'],
    ['a demand that a change makes', '', must, 'must-build'],
    ['an exception that a change ends', may, must, 'must-build'],
    ['an exception that a change takes out', may, '', undefined],
    ['an exception in both', may, may, 'allowed: old'],
    ['an exception turned into a ban', may, ban, 'allowed: no'],
    [
      'an exception that a change makes longer',
      '  linux/arm64: { may-fail: old, until: 2026-11-23 }\n',
      may,
      'must-build',
    ],
  ])('%s', (_, base, head, expected) => {
    expect(said({ head: policy(head), base: policy(base) })).toBe(expected)
  })
})

function row(target: string, types: Outcome | 'none', build: Outcome | 'none' = 'none', module = '.'): ReportTarget {
  const [goos, goarch, level] = target.split('/')
  const port = `${goos ?? ''}/${goarch ?? ''}`
  const rest = { cgo: false, seconds: 0, errors: [], ...(level === undefined ? {} : { level }) }
  return { module, target, port, types, build, ...rest }
}

describe('what builds against expectation', () => {
  const surprised = (policies: Policies, rows: readonly ReportTarget[]) =>
    surprises(policies, rows, () => false).map(({ expect: expected, text, at, built, target, alsoOn = [] }) => ({
      expected,
      text,
      line: at?.line,
      built,
      on: [target, ...alsoOn].map((one) => `${one.goos}/${one.goarch}`),
    }))
  const rows = [row('linux/arm64', 'pass', 'pass'), row('linux/386', 'pass'), row('plan9/386', 'fail')]

  test('one observation for each line', () => {
    const head = policy('  linux/*: { may-fail: a }\n  plan9/*: { may-fail: b }\n')
    expect(surprised({ head }, rows)).toEqual([
      { expected: 'may-fail', text: 'linux/*', line: 2, built: false, on: ['linux/arm64', 'linux/386'] },
    ])
  })

  test('a ban of the base holds when a change takes it out', () => {
    expect(surprised({ head: none, base: policy(ban) }, rows)).toEqual([
      { expected: 'must-not-build', text: 'linux/arm64', line: undefined, built: true, on: ['linux/arm64'] },
    ])
    expect(surprised({ head: policy(ban), base: none }, rows)).toMatchObject([{ line: 2 }])
  })

  test('an exception that is gone from the file is no surprise', () => {
    expect(surprised({ head: none, base: policy(may) }, rows)).toEqual([])
  })

  test('what fails in one module, or was not looked at, does not build', () => {
    const head = policy('  all: { may-fail: a }\n')
    expect(surprised({ head }, [row('linux/arm64', 'pass'), row('linux/arm64', 'fail', 'none', 'b')])).toEqual([])
    expect(surprised({ head }, [row('linux/arm64', 'skipped')])).toEqual([])
    expect(surprised({ head }, [row('linux/arm64', 'pass', 'fail')])).toEqual([])
    expect(surprised({ head }, [row('linux/arm64', 'pass', 'error')])).toEqual([])
    expect(surprised({ head }, [row('linux/arm64', 'pass'), row('linux/arm64', 'skipped', 'none', 'b')])).toHaveLength(
      1,
    )
  })
})

test('what must build and was not looked at is told once a line', () => {
  const ports = ['android/386', 'android/amd64', 'linux/amd64', 'linux/arm64'].map((name): Port => {
    const [goos = '', goarch = ''] = name.split('/')
    return { goos, goarch, firstClass: false, cgoSupported: true }
  })
  const refused = (target: string): ReportTarget => ({ ...row(target, 'skipped'), reason: 'it needs the NDK.' })
  const rows = [refused('android/386'), refused('android/amd64'), row('linux/amd64', 'fail')]
  const text = '  android/*: must-build\n  linux/amd64: must-build\n  linux/arm64: must-build\n'
  expect(unverified(policy(text), rows, ports)).toEqual([
    'android/386, android/amd64 must build by policy.yml, line 2, and nobody knows: it needs the NDK.',
    'linux/arm64 must build by policy.yml, line 4, and nobody knows: no probe looked at it.',
  ])
  expect(unverified(policy('  android/*: { may-fail: x }\n'), rows, ports)).toEqual([])
})

describe('what a change of the policy allows', () => {
  const port = (goos: string, goarch: string, firstClass = false): Port => ({
    goos,
    goarch,
    firstClass,
    cgoSupported: true,
  })
  const ports = [
    port('linux', 'amd64', true),
    port('linux', 'arm64', true),
    port('windows', 'amd64', true),
    port('js', 'wasm'),
  ]
  const changes = (base: string, head: string) =>
    loosenings(parsePolicy(base, 'p'), parsePolicy(head, 'p'), ports).map(
      ({ at, text, before, after, targets }) =>
        `${at?.line ?? '-'} ${text}: ${before} > ${after}: ${targets.join(' ')}`,
    )

  test.each([
    ['nothing', 'targets: { all: must-build }', 'targets: { all: must-build }', []],
    ['a demand more', 'targets:', 'targets: { all: must-build }', []],
    ['a demand for all instead of each', 'targets: { linux/*: must-build }', 'targets: { all: must-build }', []],
    ['an exception ended', 'targets: { js/*: { may-fail: x } }', 'targets: { js/*: must-build }', []],
    ['an exception taken out', 'targets: { js/*: { may-fail: x } }', 'targets: {}', []],
    ['another reason', 'targets: { js/*: { may-fail: x } }', 'targets: { js/*: { may-fail: y } }', []],
    [
      'a shorter exception',
      'targets: { js/*: { may-fail: x } }',
      'targets: { js/*: { may-fail: x, until: 2027-01-01 } }',
      [],
    ],
    [
      'an exception',
      'targets: { first-class: must-build }',
      'targets:\n  first-class: must-build\n  linux/arm64: { may-fail: x }\n',
      ['3 linux/arm64: must-build > may-fail: linux/arm64'],
    ],
    [
      'an exception where nothing was said',
      '',
      'targets: { js/*: { may-fail: x, until: 2027-01-01 } }',
      ['1 js/*: nothing was expected > may-fail until 2027-01-01: js/wasm'],
    ],
    [
      'a demand taken out',
      'targets: { first-class: must-build }',
      '',
      ['- first-class: must-build > nothing is expected: linux/amd64 linux/arm64 windows/amd64'],
    ],
    [
      'a longer exception',
      'targets: { js/*: { may-fail: x, until: 2027-01-01 } }',
      'targets: { js/*: { may-fail: x, until: 2027-01-02 } }',
      ['1 js/*: may-fail until 2027-01-01 > may-fail until 2027-01-02: js/wasm'],
    ],
    [
      'a ban lifted',
      'targets: { js/wasm: { must-not-build: x } }',
      'targets: { js/wasm: { may-fail: x } }',
      ['1 js/wasm: must-not-build > may-fail: js/wasm'],
    ],
    [
      'a demand on one level only',
      'targets: { linux/amd64: must-build, linux/amd64/v3: must-build }',
      'targets: { linux/amd64: must-build, linux/amd64/v3: { may-fail: x } }',
      ['1 linux/amd64/v3: must-build > may-fail: linux/amd64/v3'],
    ],
    ['an older processor', 'deploy: { cpu: { linux/amd64: v3 } }', 'deploy: { cpu: { linux/amd64: v2 } }', []],
    [
      'a newer processor',
      'deploy: { cpu: { "*/amd64": v2 } }',
      'deploy:\n  cpu:\n    "*/amd64": v3\n',
      ['3 deploy.cpu */amd64: v2 > v3: linux/amd64 windows/amd64'],
    ],
    [
      'no processor any longer',
      'deploy: { cpu: { linux/arm64: v8.0 } }',
      '',
      ['- deploy.cpu linux/arm64: v8.0 > no level is declared: linux/arm64'],
    ],
  ])('%s', (_, base, head, expected) => {
    expect(changes(base, head)).toEqual(expected)
  })
})
