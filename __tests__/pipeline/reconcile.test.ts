import { describe, expect, test } from '@jest/globals'

import type { BuildObservation, CommandObservation } from '../../src/domain/observation.ts'
import type { Target } from '../../src/domain/port.ts'
import type { TargetError } from '../../src/domain/report.ts'
import type { Message } from '../../src/domain/message.ts'
import { mergeRows, trustBuilds } from '../../src/pipeline/reconcile.ts'
import { makeTarget } from '../helpers/report.ts'

function error(by: TargetError['by'], parts: Partial<TargetError> = {}): TargetError {
  return { package: 'example.com/m', file: 'main.go', line: 1, message: 'm', by, ...parts }
}

const checked = (parts = {}) => makeTarget('linux/amd64', { build: 'none', types: 'pass', seconds: 0, ...parts })

describe('mergeRows', () => {
  test('what was built and what was type-checked of a target is one row; another cgo mode is another', () => {
    const rows = mergeRows([
      makeTarget('linux/amd64', { seconds: 2 }),
      checked(),
      checked({ cgo: true }),
      makeTarget('plan9/386', { build: 'none', types: 'pass' }),
    ])
    expect(rows.map(({ target, cgo, build, types }) => [target, cgo, build, types])).toEqual([
      ['linux/amd64', false, 'pass', 'pass'],
      ['linux/amd64', true, 'none', 'pass'],
      ['plan9/386', false, 'none', 'pass'],
    ])
    expect(rows[0]).toMatchObject({ seconds: 2, bytes: 5_400_000 })
  })

  test('the order in which the probes ended does not matter', () => {
    const built = makeTarget('linux/amd64', { build: 'fail', errors: [error('build')] })
    const types = checked({ types: 'fail', errors: [error('types')] })
    expect(mergeRows([types, built])).toEqual(mergeRows([built, types]))
    expect(mergeRows([types, built])[0]?.errors.map(({ by }) => by)).toEqual(['build', 'types'])
  })

  test('a build that passes refutes the type check, but for test files', () => {
    const wrong = mergeRows([makeTarget('linux/amd64'), checked({ types: 'fail', errors: [error('types')] })])
    expect(wrong).toMatchObject([{ build: 'pass', types: 'pass', errors: [] }])
    const tests = [error('types'), error('types', { file: 'main_test.go' })]
    const right = mergeRows([makeTarget('linux/amd64'), checked({ types: 'fail', errors: tests })])
    expect(right).toMatchObject([{ build: 'pass', types: 'fail', errors: [{ file: 'main_test.go' }] }])
  })

  test('two of twenty errors a package leave room for each other, and what is cut is said', () => {
    const many = (by: TargetError['by']) => Array.from({ length: 18 }, (_, line) => error(by, { line }))
    const built = makeTarget('linux/amd64', { build: 'fail', errors: many('build') })
    const [row] = mergeRows([built, checked({ types: 'fail', errors: many('types') })])
    expect(row?.errors.filter(({ by }) => by === 'build')).toHaveLength(10)
    expect(row?.errors.filter(({ by }) => by === 'types')).toHaveLength(10)
    expect(row?.truncated).toBe(true)
    const [uneven] = mergeRows([
      built,
      checked({ types: 'fail', errors: [error('types'), error('types', { package: 'p' })] }),
    ])
    expect(uneven?.errors).toHaveLength(20)
    expect(uneven?.truncated).toBeUndefined()
  })

  test('two reasons are both told', () => {
    const rows = mergeRows([
      makeTarget('linux/amd64', { build: 'skipped', reason: 'a' }),
      checked({ types: 'skipped', reason: 'b' }),
    ])
    expect(rows[0]?.reason).toBe('not built: a; not type-checked: b')
  })
})

describe('trustBuilds', () => {
  const linux: Target = { goos: 'linux', goarch: 'amd64', cgo: false }
  const plan9: Target = { goos: 'plan9', goarch: '386', cgo: false }
  const message = (file: string, name = 'example.com/m'): Message => ({
    printer: 'compile',
    kind: 'error',
    text: 'undefined: x',
    detail: [],
    position: { file, line: 1 },
    package: name,
    line: 0,
  })
  const command = (parts: Partial<CommandObservation>): CommandObservation => ({
    kind: 'command',
    probe: 'ports',
    module: '.',
    target: linux,
    command: 'go build ./...',
    exitCode: 1,
    failed: true,
    timedOut: false,
    messages: [message('./main.go')],
    tail: [],
    advisory: false,
    ...parts,
  })
  const build = (outcome: 'pass' | 'fail', cgo = false): BuildObservation => ({
    kind: 'build',
    probe: 'build',
    module: '.',
    // As planned: the mode was not asked for, and the build says what it came to.
    target: { goos: 'linux', goarch: 'amd64' },
    outcome,
    cgo,
    binaries: [],
  })

  test('without builds everything stays', () => {
    const seen = [command({})]
    expect(trustBuilds(seen)).toBe(seen)
  })

  test('errors on a target that builds are left out, and stay for the others of the same observation', () => {
    const left = trustBuilds([build('pass'), command({ alsoOn: [plan9] })])
    expect(left).toEqual([build('pass'), command({ target: plan9 })])
    expect(trustBuilds([build('pass'), command({})])).toEqual([build('pass')])
  })

  test('a build in another cgo mode says nothing', () => {
    expect(trustBuilds([build('pass', true), command({})])).toContainEqual(command({}))
  })

  test('where a build fails, packages that it complains about are its own to tell', () => {
    const own = command({ probe: 'build', target: { goos: 'linux', goarch: 'amd64' } })
    const both = command({ messages: [message('./main.go'), message('a/a.go', 'example.com/m/a')] })
    const left = trustBuilds([build('fail'), own, both])
    expect(left.slice(2)).toEqual([{ ...both, messages: [message('a/a.go', 'example.com/m/a')] }])
  })

  test('what test files have is never the business of a build', () => {
    const tests = command({ tests: true, messages: [message('./main_test.go')] })
    expect(trustBuilds([build('pass'), tests])).toContainEqual(tests)
  })
})
