import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `go: conflicting replacements for example.com/x:
	/src/app/x2
	/src/lib/x1
use "go work edit -replace example.com/x=[override]" to resolve`

const other = `main.go:3:8: module example.com/lib provides package example.com/lib and is replaced but not required; to add it:
	go get example.com/lib`

describe('replace-conflict', () => {
  test('names both replacements', async () => {
    expect(
      await explain(printed, {
        facts: checkout({ mod: 'module example.com/app\n\ngo 1.21\n\nrequire example.com/lib v1.0.0\n' }),
      }),
    ).toMatchObject([
      {
        rule: 'replace-conflict',
        severity: 'error',
        confidence: 'certain',
        message: 'example.com/x is replaced by /src/app/x2 and by /src/lib/x1 in two modules of the workspace.',
        fix: { commands: ['go work edit -replace=example.com/x=/src/app/x2'] },
        locations: [],
        module: 'example.com/x',
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['replaced-not-required'])
  })
})
