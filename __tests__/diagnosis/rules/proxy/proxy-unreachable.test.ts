import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `go: example.com/lib@v1.0.0: Get "http://127.0.0.1:1/example.com/lib/@v/v1.0.0.mod": dial tcp 127.0.0.1:1: connect: connection refused`

const other = `go: example.com/lib@v1.0.0: verifying go.mod: example.com/lib@v1.0.0/go.mod: Get "https://127.0.0.1:1/lookup/example.com/lib@v1.0.0": dial tcp 127.0.0.1:1: connect: connection refused`

describe('proxy-unreachable', () => {
  test('names the host', async () => {
    expect(
      await explain(printed, {
        facts: checkout({ mod: 'module example.com/app\n\ngo 1.21\n\nrequire example.com/lib v1.0.0\n' }),
      }),
    ).toMatchObject([
      {
        rule: 'proxy-unreachable',
        severity: 'error',
        confidence: 'certain',
        message: '127.0.0.1:1 cannot be reached for example.com/lib@v1.0.0: the connection was refused.',
        fix: { commands: ['go env GOPROXY'] },
        locations: [{ file: 'go.mod', line: 5 }],
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['sumdb-unreachable'])
  })
})
