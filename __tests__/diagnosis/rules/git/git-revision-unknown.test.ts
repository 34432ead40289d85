import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `go: github.com/acme/priv@v1.9.0: reading github.com/acme/priv/go.mod at revision v1.9.0: unknown revision v1.9.0`

const other = `go: example.com/lib@v1.0.0: reading http://127.0.0.1:8080/404/example.com/lib/@v/v1.0.0.mod: 404 Not Found
	server response: not found: module not in this mirror`

describe('git-revision-unknown', () => {
  test('names module and version', async () => {
    expect(
      await explain(printed, {
        facts: checkout({ mod: 'module example.com/app\n\ngo 1.21\n\nrequire example.com/lib v1.0.0\n' }),
      }),
    ).toMatchObject([
      {
        rule: 'git-revision-unknown',
        severity: 'error',
        confidence: 'certain',
        message: 'github.com/acme/priv has no version v1.9.0.',
        fix: { commands: ['go list -m -versions github.com/acme/priv', 'go get github.com/acme/priv@latest'] },
        locations: [],
        module: 'github.com/acme/priv',
        version: 'v1.9.0',
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['proxy-not-found'])
  })
})
