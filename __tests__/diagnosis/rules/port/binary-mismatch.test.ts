import { describe, expect, test } from '@jest/globals'
import type { BinaryObservation } from '../../../../src/domain/observation.ts'
import { observe } from '../../../helpers/rule-case.ts'

const seen = (...mismatches: readonly string[]): BinaryObservation => ({
  kind: 'binary',
  probe: 'binary',
  target: { goos: 'linux', goarch: 'amd64', level: 'v3' },
  package: 'example.com/app',
  format: 'elf',
  linkage: 'static',
  libraries: [],
  settings: { GOAMD64: 'v1' },
  mismatches,
})

describe('binary-mismatch', () => {
  test('names program, target and what does not fit', async () => {
    expect(await observe(seen('It was built with GOAMD64=v1, not v3.'))).toMatchObject([
      {
        rule: 'binary-mismatch',
        severity: 'error',
        message: 'example.com/app for linux/amd64/v3 is not what it should be: It was built with GOAMD64=v1, not v3.',
        targets: ['linux/amd64/v3'],
      },
    ])
  })

  test('is silent about a program that fits', async () => {
    expect(await observe(seen())).toEqual([])
  })
})
