import { describe, expect, test } from '@jest/globals'

import { cgoSeen } from '../../../helpers/cgo-case.ts'
import { observe } from '../../../helpers/rule-case.ts'

const target = { goos: 'android', goarch: 'arm64' }

describe('android-resolver', () => {
  test("warns of Go's own resolver on Android", async () => {
    expect(await observe(cgoSeen({ target, names: { resolver: 'go', users: 'none' } }))).toMatchObject([
      {
        rule: 'android-resolver',
        severity: 'warning',
        confidence: 'likely',
        locations: [{ file: 'main.go', line: 1 }],
        targets: ['android/arm64'],
      },
    ])
  })

  test('libc, a program that looks nothing up, and other systems are no matter', async () => {
    expect(await observe(cgoSeen({ target, enabled: true, reason: 'set', names: { resolver: 'libc' } }))).toEqual([])
    expect(await observe(cgoSeen({ target, names: {} }))).toEqual([])
    expect(await observe(cgoSeen({ names: { resolver: 'go' } }))).toEqual([])
  })
})
