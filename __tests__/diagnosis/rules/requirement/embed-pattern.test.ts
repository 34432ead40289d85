import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `main.go:5:12: pattern dist/index.html: no matching files found`

const other = `go: warning: "./..." matched no packages
no packages to vet`

describe('embed-pattern', () => {
  test('names the pattern and points to its line', async () => {
    expect(
      await explain(printed, {
        facts: checkout({ mod: 'module example.com/app\n\ngo 1.21\n\nrequire example.com/lib v1.0.0\n' }),
      }),
    ).toMatchObject([
      {
        rule: 'embed-pattern',
        severity: 'error',
        confidence: 'certain',
        message:
          'The files that go:embed dist/index.html names are not there; most likely they are built first, or ignored by git.',
        fix: { commands: ['git check-ignore -v dist/index.html'] },
        locations: [{ file: 'main.go', line: 5, column: 12 }],
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['matched-no-packages'])
  })
})
