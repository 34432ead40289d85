import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `go: example.com/lib@v1.0.0: reading http://127.0.0.1:8080/401/example.com/lib/@v/v1.0.0.mod: 401 Unauthorized
	server response: authentication required`

const other = `go: example.com/lib@v1.0.0: reading http://127.0.0.1:8080/403/example.com/lib/@v/v1.0.0.mod: 403 Forbidden
	server response: blocked by policy: license not approved`

describe('proxy-unauthorized', () => {
  test('names the host that wants credentials', async () => {
    expect(
      await explain(printed, {
        facts: checkout({ mod: 'module example.com/app\n\ngo 1.21\n\nrequire example.com/lib v1.0.0\n' }),
      }),
    ).toMatchObject([
      {
        rule: 'proxy-unauthorized',
        severity: 'error',
        confidence: 'certain',
        message: '127.0.0.1:8080 wants credentials for example.com/lib@v1.0.0 (HTTP 401) and got none that it accepts.',
        locations: [{ file: 'go.mod', line: 5 }],
        module: 'example.com/lib',
        version: 'v1.0.0',
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['proxy-forbidden'])
  })
})
