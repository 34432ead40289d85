import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `go: downloading go1.99.1 (linux/amd64)
go: download go1.99.1: golang.org/toolchain@v0.0.1-go1.99.1.linux-amd64: verifying module: checksum database disabled by GOSUMDB=off`

const other = `go: example.com/lib@v1.0.0: verifying go.mod: example.com/lib@v1.0.0/go.mod: Get "https://127.0.0.1:1/lookup/example.com/lib@v1.0.0": dial tcp 127.0.0.1:1: connect: connection refused`

describe('toolchain-unverified', () => {
  test('names GOSUMDB=off', async () => {
    expect(await explain(printed, { facts: checkout({ mod: 'module example.com/app\n\ngo 1.99.1\n' }) })).toMatchObject(
      [
        {
          rule: 'toolchain-unverified',
          severity: 'error',
          confidence: 'certain',
          message: 'go1.99.1 was fetched and cannot be verified: GOSUMDB=off switches the checksum database off.',
          fix: { commands: ['go env -u GOSUMDB'] },
          locations: [{ file: 'go.mod', line: 3 }],
        },
      ],
    )
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['sumdb-unreachable'])
  })
})
