import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `go: example.com/lib@v1.0.0: invalid proxy URL missing scheme: foo`

const other = `go: example.com/lib@v1.0.0: Get "http://127.0.0.1:1/example.com/lib/@v/v1.0.0.mod": dial tcp 127.0.0.1:1: connect: connection refused`

describe('goproxy-invalid', () => {
  test('names the setting and its value', async () => {
    expect(await explain(printed, { facts: checkout({ env: { GOPROXY: 'foo' } }) })).toMatchObject([
      {
        rule: 'goproxy-invalid',
        severity: 'error',
        confidence: 'certain',
        message: 'GOPROXY=foo cannot be used: invalid proxy URL missing scheme: foo.',
        fix: { commands: ['go env -u GOPROXY'] },
        locations: [],
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['proxy-unreachable'])
  })
})
