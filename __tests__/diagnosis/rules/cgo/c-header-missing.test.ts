import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `# example.com/app
./main.go:4:10: fatal error: zmq.h: No such file or directory
    4 | #include <zmq.h>
      |          ^~~~~~~
compilation terminated.`

const other = `# example.com/app
./main.go: In function 'add':
./main.go:4:36: error: 'c' undeclared (first use in this function)
    4 | int add(int a, int b) { return a + c; }
      |                                    ^
./main.go:4:36: note: each undeclared identifier is reported only once for each function it appears in`

describe('c-header-missing', () => {
  test('names header, package and what holds it', async () => {
    expect(
      await explain(printed, {
        facts: checkout({ mod: 'module example.com/app\n\ngo 1.21\n\nrequire example.com/lib v1.0.0\n' }),
      }),
    ).toMatchObject([
      {
        rule: 'c-header-missing',
        severity: 'error',
        confidence: 'certain',
        message: 'The C compiler does not find zmq.h, which example.com/app includes.',
        fix: { commands: ['apt-get install -y libzmq3-dev  # Debian, Ubuntu', 'apk add zeromq-dev  # Alpine'] },
        locations: [{ file: 'main.go', line: 4, column: 10 }],
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['c-compile-error'])
  })
})
