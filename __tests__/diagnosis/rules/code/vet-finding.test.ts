import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `FAIL	example.com/app [build failed]
FAIL
# example.com/app
# [example.com/app]
./a_test.go:8:40: fmt.Printf format %d has arg "x" of wrong type string`

const other = `# example.com/app
./main.go:3:8: "os" imported and not used
./main.go:5:15: declared and not used: x`

describe('vet-finding', () => {
  test('tells vet from the compiler', async () => {
    expect(
      await explain(printed, {
        facts: checkout({ mod: 'module example.com/app\n\ngo 1.21\n\nrequire example.com/lib v1.0.0\n' }),
      }),
    ).toMatchObject([
      {
        rule: 'vet-finding',
        severity: 'error',
        confidence: 'certain',
        message: 'go vet: fmt.Printf format %d has arg "x" of wrong type string',
        locations: [{ file: 'a_test.go', line: 8, column: 40 }],
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['compile-error', 'compile-error'])
  })
})
