import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `go: example.com/lib@v1.0.0: verifying go.mod: invalid GOSUMDB: malformed verifier id`

const other = `go: example.com/lib@v1.0.0: verifying go.mod: example.com/lib@v1.0.0/go.mod: Get "https://127.0.0.1:1/lookup/example.com/lib@v1.0.0": dial tcp 127.0.0.1:1: connect: connection refused`

describe('gosumdb-invalid', () => {
  test('names the setting and its value', async () => {
    expect(await explain(printed, { facts: checkout({ env: { GOSUMDB: 'sum.example.com' } }) })).toMatchObject([
      {
        rule: 'gosumdb-invalid',
        severity: 'error',
        confidence: 'certain',
        message: 'GOSUMDB=sum.example.com cannot be used: malformed verifier id.',
        fix: { commands: ['go env -u GOSUMDB'] },
        locations: [],
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['sumdb-unreachable'])
  })
})
