import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `main.go:3:8: import "example.com/app/cmd" is a program, not an importable package`

const other = `package example.com/app
	main.go:3:8: use of internal package example.com/o/internal/x not allowed`

describe('import-of-program', () => {
  test('names the program', async () => {
    expect(
      await explain(printed, {
        facts: checkout({ mod: 'module example.com/app\n\ngo 1.21\n\nrequire example.com/lib v1.0.0\n' }),
      }),
    ).toMatchObject([
      {
        rule: 'import-of-program',
        severity: 'error',
        confidence: 'certain',
        message: 'example.com/app/cmd is a program (package main), which cannot be imported.',
        locations: [{ file: 'main.go', line: 3, column: 8 }],
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['internal-package'])
  })
})
