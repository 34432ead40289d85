import { describe, expect, test } from '@jest/globals'

import type { LevelsObservation } from '../../../../src/domain/platform-observation.ts'
import { observe } from '../../../helpers/rule-case.ts'

const levels = (variable: string, value: string, goVersion: string): LevelsObservation => ({
  kind: 'levels',
  probe: 'platforms',
  module: '.',
  goVersion,
  settings: [{ variable, value }],
  targets: [],
})

describe('level-ignored', () => {
  test('a wrong value that Go builds at its default level is an error', async () => {
    expect(await observe(levels('GOAMD64', 'v5', 'go1.26.8'))).toMatchObject([
      {
        rule: 'level-ignored',
        severity: 'error',
        message: 'GOAMD64=v5 is no level: GOAMD64 takes v1 to v4. go1.26.8 says nothing and builds its default level.',
        fix: { commands: ['go env -u GOAMD64'] },
      },
    ])
    expect(await observe(levels('GOARM', '8', 'go1.23.0'))).toMatchObject([{ rule: 'level-ignored' }])
    expect(await observe(levels('GO386', '387', 'go1.26.8'))).toMatchObject([
      { rule: 'level-ignored', message: expect.stringContaining('Builds for 386 fail') },
    ])
  })

  test('a value that came with a later Go', async () => {
    expect(await observe(levels('GOARM64', 'v8.1', 'go1.22.12'))).toMatchObject([
      { rule: 'level-ignored', severity: 'warning', message: expect.stringContaining('since Go 1.23') },
    ])
  })

  test('right values, and what the go command refuses itself, are nothing to tell', async () => {
    expect(await observe(levels('GOAMD64', 'v4', 'go1.26.8'))).toEqual([])
    expect(await observe(levels('GOAMD64', 'v5', 'go1.22.12'))).toEqual([])
    expect(await observe(levels('GOMIPS', 'fast', 'go1.26.8'))).toEqual([])
    expect(await observe(levels('GORISCV64', 'rva23u64', 'go1.25.1'))).toEqual([])
  })
})
