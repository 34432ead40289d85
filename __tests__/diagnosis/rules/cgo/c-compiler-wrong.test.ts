import { describe, expect, test } from '@jest/globals'
import { explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `# runtime/cgo
gcc_arm64.S: Assembler messages:
gcc_arm64.S:30: Error: no such instruction: \`stp x29,x30,[sp,'
gcc_arm64.S:34: Error: operand size mismatch for \`mov'
gcc_arm64.S:36: Error: no such instruction: \`stp x19,x20,[sp,'
gcc_arm64.S:39: Error: no such instruction: \`stp x21,x22,[sp,'
gcc_arm64.S:42: Error: no such instruction: \`stp x23,x24,[sp,'
gcc_arm64.S:45: Error: no such instruction: \`stp x25,x26,[sp,'
gcc_arm64.S:48: Error: no such instruction: \`stp x27,x28,[sp,'
gcc_arm64.S:52: Error: operand size mismatch for \`mov'
gcc_arm64.S:53: Error: operand size mismatch for \`mov'
gcc_arm64.S:54: Error: operand size mismatch for \`mov'
gcc_arm64.S:56: Error: no such instruction: \`blr x20'
g`

const other = `# example.com/app
./main.go: In function 'add':
./main.go:4:36: error: 'c' undeclared (first use in this function)
    4 | int add(int a, int b) { return a + c; }
      |                                    ^
./main.go:4:36: note: each undeclared identifier is reported only once for each function it appears in`

describe('c-compiler-wrong', () => {
  test('folds a hundred lines to one finding', async () => {
    expect(
      await explain(printed, { target: { goos: 'linux', goarch: 'arm64', cgo: true }, probe: 'build' }),
    ).toMatchObject([
      {
        rule: 'c-compiler-wrong',
        severity: 'error',
        confidence: 'certain',
        message:
          "The C compiler makes code for another machine than the build (linux/arm64): Error: no such instruction: `stp x29,x30,[sp,'.",
        fix: { commands: ['CGO_ENABLED=0 go build ./...'] },
        locations: [],
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['c-compile-error'])
  })
})
