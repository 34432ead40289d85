import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `go: example.com/lib@v1.0.0: verifying go.mod: example.com/lib@v1.0.0/go.mod: Get "https://127.0.0.1:1/lookup/example.com/lib@v1.0.0": dial tcp 127.0.0.1:1: connect: connection refused`

const other = `go: example.com/lib@v1.0.0: Get "http://127.0.0.1:1/example.com/lib/@v/v1.0.0.mod": dial tcp 127.0.0.1:1: connect: connection refused`

describe('sumdb-unreachable', () => {
  test('tells the database from the proxy', async () => {
    expect(
      await explain(printed, {
        facts: checkout({ mod: 'module example.com/app\n\ngo 1.21\n\nrequire example.com/lib v1.0.0\n' }),
      }),
    ).toMatchObject([
      {
        rule: 'sumdb-unreachable',
        severity: 'error',
        confidence: 'certain',
        message:
          'The checksum database at 127.0.0.1:1 did not answer for example.com/lib@v1.0.0: connect: connection refused.',
        locations: [{ file: 'go.mod', line: 5 }],
        module: 'example.com/lib',
        version: 'v1.0.0',
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['proxy-unreachable'])
  })
})
