import { describe, expect, test } from '@jest/globals'
import { explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `flag provided but not defined: -verbose
usage: go build [-o output] [build flags] [packages]
Run 'go help build' for details.`

const other = `go: parsing $GOFLAGS: unknown flag -mod-vendor`

describe('flag-invalid', () => {
  test('names command and flag', async () => {
    expect(await explain(printed)).toMatchObject([
      {
        rule: 'flag-invalid',
        severity: 'error',
        confidence: 'certain',
        message: 'go build has no flag -verbose.',
        fix: { commands: ['go help build'] },
        locations: [],
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['go-setting-invalid'])
  })
})
