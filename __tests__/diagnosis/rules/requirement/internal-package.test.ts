import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `package example.com/app
	main.go:3:8: use of internal package example.com/o/internal/x not allowed`

const other = `main.go:3:8: import "example.com/app/cmd" is a program, not an importable package`

describe('internal-package', () => {
  test('names package and root', async () => {
    expect(
      await explain(printed, {
        facts: checkout({ mod: 'module example.com/app\n\ngo 1.21\n\nrequire example.com/lib v1.0.0\n' }),
      }),
    ).toMatchObject([
      {
        rule: 'internal-package',
        severity: 'error',
        confidence: 'certain',
        message:
          'example.com/o/internal/x may be imported only from below example.com/o (this module is example.com/app).',
        fix: { commands: ["grep -rn '--include=*.go' example.com/o/internal/x ."] },
        locations: [{ file: 'main.go', line: 3, column: 8 }],
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['import-of-program'])
  })
})
