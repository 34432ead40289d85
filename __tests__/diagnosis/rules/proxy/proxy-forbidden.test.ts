import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `go: example.com/lib@v1.0.0: reading http://127.0.0.1:8080/403/example.com/lib/@v/v1.0.0.mod: 403 Forbidden
	server response: blocked by policy: license not approved`

const other = `go: example.com/lib@v1.0.0: reading http://127.0.0.1:8080/401/example.com/lib/@v/v1.0.0.mod: 401 Unauthorized
	server response: authentication required`

describe('proxy-forbidden', () => {
  test('repeats what the proxy said', async () => {
    expect(
      await explain(printed, {
        facts: checkout({ mod: 'module example.com/app\n\ngo 1.21\n\nrequire example.com/lib v1.0.0\n' }),
      }),
    ).toMatchObject([
      {
        rule: 'proxy-forbidden',
        severity: 'error',
        confidence: 'certain',
        message: '127.0.0.1:8080 refuses example.com/lib@v1.0.0 (HTTP 403): “blocked by policy: license not approved”.',
        locations: [{ file: 'go.mod', line: 5 }],
        module: 'example.com/lib',
        version: 'v1.0.0',
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['proxy-unauthorized'])
  })
})
