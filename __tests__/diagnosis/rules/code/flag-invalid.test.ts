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

  test.each([
    ['named files must be .go files: -o', '-o'],
    ['malformed import path "-o": leading dash\npackage app is not in std (/usr/local/go/src/app)', '-o'],
    ['malformed import path "-x": leading dash', '-x'],
  ])('knows a flag after the packages: %s', async (text, flag) => {
    expect((await explain(text))[0]).toMatchObject({
      rule: 'flag-invalid',
      title: 'A flag stands after the packages',
      message: `${flag} stands after the packages, where the go command takes it for one more of them.`,
    })
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['go-setting-invalid'])
  })
})
