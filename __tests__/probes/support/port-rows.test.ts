import { describe, expect, test } from '@jest/globals'

import { portRows } from '../../../src/probes/support/port-rows.ts'
import { makePortCheck, makePortError, makeSlot } from '../../helpers/port-check.ts'

const context = { root: '/m', go: { dir: '/m' }, module: { dir: '.', absoluteDir: '/m' } } as Parameters<
  typeof portRows
>[1]
const rowsOf = (...args: Parameters<typeof makePortCheck>) => portRows(makePortCheck(...args), context, '/cache')

describe('portRows', () => {
  test('every slot has a row, with the errors that hold there', () => {
    const slots = ['linux/amd64', 'linux/arm/6', 'plan9/386'].map((name) => makeSlot(name))
    const dependency = makePortError({
      main: false,
      module: 'example.com/dep',
      version: 'v1.0.0',
      package: 'example.com/dep',
      file: '/cache/example.com/dep@v1.0.0/d.go',
      message: 'undefined: y\n\tmore',
    })
    const rows = rowsOf(slots, [makePortError({ slots: ['linux/arm/6', 'plan9/386'] }), dependency])
    expect(rows.map(({ target, port, level, build, types, errors }) => [target, port, level, build, types, errors.length]))
      .toEqual([
        ['linux/amd64', 'linux/amd64', undefined, 'none', 'pass', 0],
        ['linux/arm/6', 'linux/arm', '6', 'none', 'fail', 1],
        ['plan9/386', 'plan9/386', undefined, 'none', 'fail', 2],
      ]) // prettier-ignore
    expect(rows[2]?.errors).toEqual([
      { package: 'example.com/m', file: 'main.go', line: 5, column: 2, message: 'undefined: syscall.Kill', by: 'types' },
      { package: 'example.com/dep', file: 'example.com/dep@v1.0.0/d.go', line: 5, column: 2, message: 'undefined: y', by: 'types' },
    ]) // prettier-ignore
  })

  test('at most twenty errors a package, and it is said', () => {
    const many = Array.from({ length: 25 }, (_, index) => makePortError({ line: index + 1 }))
    const [row] = rowsOf([makeSlot('plan9/386')], [...many, makePortError({ package: 'example.com/m/other' })])
    expect(row?.errors).toHaveLength(21)
    expect(row?.truncated).toBe(true)
  })

  test('what go refuses, what has no package and what this Go does not know is skipped with the reason', () => {
    const rows = rowsOf(
      [
        makeSlot('ios/arm64', { status: 'refused', reason: 'ios/arm64 requires external (cgo) linking' }),
        makeSlot('js/wasm', { status: 'empty' }),
        makeSlot('nacl/386', { status: 'unsupported', reason: 'This Go has no port nacl/386.' }),
      ],
      [],
    )
    expect(rows.map(({ types, reason }) => [types, reason])).toEqual([
      ['skipped', 'ios/arm64 requires external (cgo) linking'],
      ['skipped', 'no package of the module is built for this target'],
      ['skipped', 'This Go has no port nacl/386.'],
    ])
  })

  test('a target that misses only a module that could not be downloaded is not known to fail', () => {
    const message =
      'module example.com/d@v1.0.0, which may provide package example.com/d, is not downloaded; to download'
    const missing = makePortError({ kind: 'load', message, slots: ['plan9/386', 'js/wasm'] })
    const rows = rowsOf([makeSlot('plan9/386'), makeSlot('js/wasm')], [missing, makePortError({ slots: ['js/wasm'] })])
    expect(rows.map(({ types, reason, errors }) => [types, reason, errors.length])).toEqual([
      ['skipped', 'example.com/d@v1.0.0 could not be downloaded', 0],
      ['fail', undefined, 2],
    ])
  })

  test('a failing slot is never without a reason', () => {
    const [row] = rowsOf([makeSlot('plan9/386', { status: 'fail' })], [])
    expect(row?.errors).toHaveLength(1)
  })
})
