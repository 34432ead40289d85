import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `go: example.com/lib@v1.0.0: reading http://127.0.0.1:8080/404/example.com/lib/@v/v1.0.0.mod: 404 Not Found
	server response: not found: module not in this mirror`

const other = `go: example.com/lib@v1.0.0: verifying go.mod: example.com/lib@v1.0.0/go.mod: reading http://127.0.0.1:8080/404/lookup/example.com/lib@v1.0.0: 404 Not Found
	server response: not found: module not in this mirror`

describe('proxy-not-found', () => {
  test('names module and version', async () => {
    expect(
      await explain(printed, {
        facts: checkout({ mod: 'module example.com/app\n\ngo 1.21\n\nrequire example.com/lib v1.0.0\n' }),
      }),
    ).toMatchObject([
      {
        rule: 'proxy-not-found',
        severity: 'error',
        confidence: 'guess',
        message:
          '127.0.0.1:8080 does not have example.com/lib@v1.0.0 (HTTP 404). Likeliest first: it is private; the path or version is misspelt; it is gone. It says: “not found: module not in this mirror”.',
        fix: { commands: ['go list -m -versions example.com/lib'] },
        locations: [{ file: 'go.mod', line: 5 }],
        module: 'example.com/lib',
        version: 'v1.0.0',
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['sumdb-unknown-module'])
  })
})
