import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `--- FAIL: TestGreeting (0.00s)
    a_test.go:7: got "hi", want "hello"
FAIL
FAIL	example.com/app	0.006s
FAIL`

const other = `FAIL	example.com/app [build failed]
FAIL
# example.com/app
# [example.com/app]
./a_test.go:8:40: fmt.Printf format %d has arg "x" of wrong type string`

describe('test-failed', () => {
  test('repeats what the test said', async () => {
    expect(
      await explain(printed, {
        facts: checkout({ mod: 'module example.com/app\n\ngo 1.21\n\nrequire example.com/lib v1.0.0\n' }),
      }),
    ).toMatchObject([
      {
        rule: 'test-failed',
        severity: 'error',
        confidence: 'likely',
        message: 'TestGreeting fails: got "hi", want "hello".',
        fix: { commands: ["go test -run '^TestGreeting$' -v ./..."] },
        locations: [{ file: 'a_test.go', line: 7 }],
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['vet-finding'])
  })
})
