import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `panic: unaligned 64-bit atomic operation

goroutine 1 [running]:
internal/runtime/atomic.panicUnaligned()
	/usr/local/go/src/internal/runtime/atomic/unaligned.go:8 +0x2d
internal/runtime/atomic.Xadd64(0x9484004, 0x1)
	/usr/local/go/src/internal/runtime/atomic/atomic_386.s:127 +0x11
main.main()
	/src/app/main.go:12 +0x42
exit status 2`

const other = `# example.com/app
./main.go:3:8: "os" imported and not used
./main.go:5:15: declared and not used: x`

describe('unaligned-atomic', () => {
  test('finds the frame of the program', async () => {
    expect(await explain(printed, { facts: checkout({}) })).toMatchObject([
      {
        rule: 'unaligned-atomic',
        severity: 'error',
        confidence: 'certain',
        message:
          'A 64-bit atomic operation at app/main.go:12 works on a value that is not aligned to 8 bytes, as 32-bit machines need it.',
        locations: [{ file: 'main.go', line: 12 }],
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['compile-error', 'compile-error'])
  })
})
