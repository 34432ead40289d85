import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `# example.com/app
./main.go:8:23: could not determine what C.sub refers to`

const other = `# example.com/app
./main.go: In function 'add':
./main.go:4:36: error: 'c' undeclared (first use in this function)
    4 | int add(int a, int b) { return a + c; }
      |                                    ^
./main.go:4:36: note: each undeclared identifier is reported only once for each function it appears in`

describe('c-name-unknown', () => {
  test('names the C name', async () => {
    expect(
      await explain(printed, {
        facts: checkout({ mod: 'module example.com/app\n\ngo 1.21\n\nrequire example.com/lib v1.0.0\n' }),
      }),
    ).toMatchObject([
      {
        rule: 'c-name-unknown',
        severity: 'error',
        confidence: 'certain',
        message: 'C.sub is in none of the headers that example.com/app includes.',
        locations: [{ file: 'main.go', line: 8, column: 23 }],
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['c-compile-error'])
  })
})
