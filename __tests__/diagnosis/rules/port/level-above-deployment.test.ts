import { describe, expect, test } from '@jest/globals'

import type { LevelsObservation } from '../../../../src/domain/platform-observation.ts'
import type { Target } from '../../../../src/domain/port.ts'
import { observe } from '../../../helpers/rule-case.ts'

const levels = (target: Target, variable: string, level: string, cpu?: string): LevelsObservation => ({
  kind: 'levels',
  probe: 'platforms',
  module: '.',
  goVersion: 'go1.26.8',
  settings: [],
  targets: [
    {
      target,
      variable,
      level,
      ...(cpu === undefined ? {} : { deployed: { level: cpu, at: { file: '.github/gopreflight.yml', line: 4 } } }),
    },
  ],
})

const linux = { goos: 'linux', goarch: 'amd64' }

describe('level-above-deployment', () => {
  test('above the declared processor is an error at the line that declares it', async () => {
    expect(await observe(levels({ ...linux, level: 'v3' }, 'GOAMD64', 'v3', 'v2'))).toMatchObject([
      {
        rule: 'level-above-deployment',
        severity: 'error',
        message:
          'linux/amd64 is built with GOAMD64=v3, and .github/gopreflight.yml declares processors of level v2 for it.',
        locations: [{ file: '.github/gopreflight.yml', line: 4 }],
        fix: { commands: ['GOAMD64=v2 GOOS=linux GOARCH=amd64 go build ./...'] },
      },
    ])
  })

  test('a level that comes from the environment is said to', async () => {
    const [finding] = await observe(levels(linux, 'GOAMD64', 'v4', 'v3'))
    expect(finding?.fix.summary).toContain('from the environment or go env')
  })

  test('at or below it, and where nothing is declared, there is nothing to tell', async () => {
    expect(await observe(levels({ ...linux, level: 'v2' }, 'GOAMD64', 'v2', 'v2'))).toEqual([])
    expect(await observe(levels({ goos: 'linux', goarch: 'arm' }, 'GOARM', '6', '7'))).toEqual([])
    expect(await observe(levels({ ...linux, level: 'v3' }, 'GOAMD64', 'v3'))).toEqual([])
  })
})
