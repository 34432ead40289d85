import { describe, expect, test } from '@jest/globals'
import { explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `package example.com/app/a
	imports example.com/app/b from a.go
	imports example.com/app/a from b.go: import cycle not allowed`

const other = `package example.com/app
	main.go:3:8: use of internal package example.com/o/internal/x not allowed`

describe('import-cycle', () => {
  test('shows the circle', async () => {
    expect(await explain(printed)).toMatchObject([
      {
        rule: 'import-cycle',
        severity: 'error',
        confidence: 'certain',
        message:
          'These packages import each other in a circle: example.com/app/a → example.com/app/b → example.com/app/a.',
        fix: { commands: ["go list -f '{{.ImportPath}}: {{.Imports}}' example.com/app/a example.com/app/b"] },
        locations: [],
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['internal-package'])
  })
})
