import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `go: example.com/lib@v1.0.0: verifying go.mod: example.com/lib@v1.0.0/go.mod: malformed record data`

const other = `go: example.com/lib@v1.0.0: parsing go.mod: missing module line`

describe('sumdb-bad-answer', () => {
  test('says that something else answers', async () => {
    expect(
      await explain(printed, {
        facts: checkout({ mod: 'module example.com/app\n\ngo 1.21\n\nrequire example.com/lib v1.0.0\n' }),
      }),
    ).toMatchObject([
      {
        rule: 'sumdb-bad-answer',
        severity: 'error',
        confidence: 'certain',
        message:
          'The answer of the checksum database for example.com/lib@v1.0.0 does not verify; something else answers in its place.',
        locations: [{ file: 'go.mod', line: 5 }],
        module: 'example.com/lib',
        version: 'v1.0.0',
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['proxy-bad-answer'])
  })
})
