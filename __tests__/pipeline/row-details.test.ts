import { describe, expect, test } from '@jest/globals'

import type { BinaryObservation } from '../../src/domain/observation.ts'
import type { ReportTarget } from '../../src/domain/report.ts'
import { withCgoFacts } from '../../src/pipeline/row-details.ts'
import { cgoSeen } from '../helpers/cgo-case.ts'

const row: ReportTarget = {
  module: '.',
  target: 'linux/arm64',
  port: 'linux/arm64',
  cgo: false,
  build: 'pass',
  types: 'none',
  seconds: 1,
  errors: [],
}
const seen = cgoSeen({ names: { resolver: 'go', users: 'files' } })
const program = (names: BinaryObservation['names']): BinaryObservation => ({
  kind: 'binary',
  probe: 'binary',
  module: '.',
  target: { goos: 'linux', goarch: 'arm64' },
  package: 'example.com/app',
  format: 'elf',
  linkage: 'static',
  libraries: [],
  settings: {},
  mismatches: [],
  ...(names === undefined ? {} : { names }),
})

describe('withCgoFacts', () => {
  test('says who decides cgo and who looks up, and what a program bears out', () => {
    expect(withCgoFacts(row, [seen, program({ resolver: 'go' })])).toEqual({
      ...row,
      cgoReason: 'cross',
      resolver: { kind: 'go', confirmed: true },
      users: { kind: 'files', confirmed: false },
    })
  })

  test('a program that shows another way confirms nothing', () => {
    expect(withCgoFacts(row, [seen, program({ resolver: 'go-or-libc' })]).resolver).toEqual({
      kind: 'go',
      confirmed: false,
    })
  })

  test('leaves rows of other targets, modes and modules alone', () => {
    for (const other of [
      { ...row, target: 'linux/386' },
      { ...row, cgo: true },
      { ...row, module: 'x' },
    ]) {
      expect(withCgoFacts(other, [seen])).toEqual(other)
    }
  })
})
