import { describe, expect, test } from '@jest/globals'
import { explain, rulesOf } from '../../../helpers/rule-case.ts'

const late = `panic: test timed out after 1s
	running tests:
		TestSlow (1s)

goroutine 18 [running]:
testing.(*M).startAlarm.func1()
	/usr/local/go/src/testing/testing.go:2802 +0x354
created by time.goFunc
	/usr/local/go/src/time/sleep.go:215 +0x2d
FAIL	github.com/google/uuid	1.004s
FAIL
`
const redefined = `/tmp/go-build222839301/b001/uuid.test flag redefined: v
panic: /tmp/go-build222839301/b001/uuid.test flag redefined: v

goroutine 1 [running]:
flag.(*FlagSet).Var(0x69308ece000, {0x654ef0, 0x69308e940cd}, {0x63c675, 0x1}, {0x0, 0x0})
	/usr/local/go/src/flag/flag.go:1028 +0x385
github.com/google/uuid.init()
	/src/uuid/e_test.go:4 +0x5a
FAIL	github.com/google/uuid	0.003s
`
const inTest = `--- FAIL: TestNil (0.00s)
panic: assignment to entry in nil map [recovered, repanicked]

goroutine 21 [running]:
testing.tRunner.func1.2({0x5fe100, 0x7fd6d0})
	/usr/local/go/src/testing/testing.go:1974 +0x232
github.com/google/uuid.TestNil(0x69308ece000?)
	/src/uuid/e_test.go:3 +0x2c
FAIL	github.com/google/uuid	0.004s
`

describe('program-crash', () => {
  test('names the test that ran too long', async () => {
    const [finding, ...more] = await explain(late)
    expect(more).toEqual([])
    expect(finding).toMatchObject({
      rule: 'program-crash',
      severity: 'error',
      confidence: 'likely',
      message:
        'TestSlow ran longer than the time limit of 1s: it waits for something that does not come, or needs more time here.',
    })
    expect(finding?.fix.commands).toEqual(["go test -run '^TestSlow$' -timeout 30m -v ./..."])
  })

  test('points to the first line that is not the library’s', async () => {
    expect(await explain(redefined)).toMatchObject([
      {
        rule: 'program-crash',
        message: expect.stringContaining(
          "uuid.test flag redefined: v; the first line that is not the library's own is /src/uuid/e_test.go:4",
        ),
      },
    ])
  })

  test('is not told beside the test that failed by it', async () => {
    expect(rulesOf(await explain(inTest))).toEqual(['test-failed'])
  })

  test('is silent without a stack, and about a test that provokes a panic', async () => {
    expect(rulesOf(await explain('panic: no stack here'))).not.toContain('program-crash')
    expect(rulesOf(await explain('=== RUN   TestX\npanic: wanted\n--- PASS: TestX (0.00s)\nPASS\n'))).toEqual([])
  })
})
