import { describe, expect, test } from '@jest/globals'
import { explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `go: unknown environment setting GO111MODULE=strict`

const other = `flag provided but not defined: -verbose
usage: go build [-o output] [build flags] [packages]
Run 'go help build' for details.`

describe('go-setting-invalid', () => {
  test('knows that strict was invented', async () => {
    expect(await explain(printed)).toMatchObject([
      {
        rule: 'go-setting-invalid',
        severity: 'error',
        confidence: 'certain',
        message: 'GO111MODULE=strict does not exist: it knows on, off and auto.',
        fix: { commands: ['unset GO111MODULE', 'go env -u GO111MODULE'] },
        locations: [],
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['flag-invalid'])
  })
})
