import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `go: ignoring requirement on excluded version example.com/lib v1.0.0
go: updates to go.mod needed; to update it:
	go mod tidy`

const other = `main.go:3:8: missing go.sum entry for module providing package example.com/lib (imported by example.com/app); to add:
	go get example.com/app`

describe('go-mod-updates-needed', () => {
  test('finds the excluded version behind it', async () => {
    expect(
      await explain(printed, {
        facts: checkout({
          mod:
            'module example.com/app\n\ngo 1.21\n\nrequire example.com/lib v1.0.0\n' +
            '\nexclude example.com/lib v1.0.0\n',
        }),
      }),
    ).toMatchObject([
      {
        rule: 'go-mod-updates-needed',
        severity: 'error',
        confidence: 'certain',
        message:
          'go.mod requires example.com/lib@v1.0.0 and excludes that very version, so go.mod has to change first.',
        fix: { commands: ['go mod tidy'] },
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
