import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `go: downloading example.com/lib v1.0.0
go: module example.com/lib is deprecated: use example.com/lib/v2
go: warning: example.com/lib@v1.0.0: retracted by module author: breaks on restart.
go: to switch to the latest unretracted version, run:
	go get example.com/lib@latest
go: added example.com/lib v1.0.0`

const other = `main.go:3:8: missing go.sum entry for module providing package example.com/lib (imported by example.com/app); to add:
	go get example.com/app`

describe('retracted-version', () => {
  test('warns with the reason', async () => {
    expect(
      await explain(printed, {
        facts: checkout({ mod: 'module example.com/app\n\ngo 1.21\n\nrequire example.com/lib v1.0.0\n' }),
        exitCode: 0,
      }),
    ).toMatchObject([
      {
        rule: 'deprecated-module',
        severity: 'notice',
        confidence: 'certain',
        message: 'example.com/lib is deprecated: use example.com/lib/v2',
        fix: { commands: ['go get example.com/lib/v2@latest'] },
        locations: [{ file: 'go.mod', line: 5 }],
        module: 'example.com/lib',
      },
      {
        rule: 'retracted-version',
        severity: 'warning',
        confidence: 'certain',
        message: 'example.com/lib@v1.0.0 was retracted by its authors: breaks on restart.',
        fix: { commands: ['go get example.com/lib@latest', 'go mod tidy'] },
        locations: [{ file: 'go.mod', line: 5 }],
        module: 'example.com/lib',
        version: 'v1.0.0',
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['sum-missing'])
  })
})
