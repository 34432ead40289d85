import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `go: example.com/lib@v1.0.0: reading http://127.0.0.1:8080/503/example.com/lib/@v/v1.0.0.mod: 503 Service Unavailable
	server response: try later`

const other = `go: example.com/lib@v1.0.0: reading http://127.0.0.1:8080/404/example.com/lib/@v/v1.0.0.mod: 404 Not Found
	server response: not found: module not in this mirror`

describe('proxy-outage', () => {
  test('does not blame the module', async () => {
    expect(
      await explain(printed, {
        facts: checkout({ mod: 'module example.com/app\n\ngo 1.21\n\nrequire example.com/lib v1.0.0\n' }),
      }),
    ).toMatchObject([
      {
        rule: 'proxy-outage',
        severity: 'error',
        confidence: 'certain',
        message: '127.0.0.1:8080 is in trouble (HTTP 503); example.com/lib@v1.0.0 is not at fault.',
        locations: [{ file: 'go.mod', line: 5 }],
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['proxy-not-found'])
  })
})
