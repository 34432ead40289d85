import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `# example.com/app
./main.go:3:8: "os" imported and not used
./main.go:5:15: declared and not used: x`

const other = `# example.com/app
./main.go:4:18: cannot use 1 << 40 (untyped int constant 1099511627776) as int value in variable declaration (overflows)`

describe('compile-error', () => {
  test('repeats what the compiler said', async () => {
    expect(
      await explain(printed, {
        facts: checkout({ mod: 'module example.com/app\n\ngo 1.21\n\nrequire example.com/lib v1.0.0\n' }),
      }),
    ).toMatchObject([
      {
        rule: 'compile-error',
        severity: 'error',
        confidence: 'certain',
        message: '"os" imported and not used',
        locations: [{ file: 'main.go', line: 3, column: 8 }],
      },
      {
        rule: 'compile-error',
        severity: 'error',
        confidence: 'certain',
        message: 'declared and not used: x',
        locations: [{ file: 'main.go', line: 5, column: 15 }],
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['int-overflow'])
  })

  test.each([
    ['./e.go:3:3: go:embed requires import "embed" (or import _ "embed", if package is not used)', 'import _ "embed"'],
    ['./decode.go:614:1: syntax error: non-declaration statement outside function body', 'merge conflict'],
    ['./uuid.go:366:1: invalid NUL character', 'UTF-8'],
    ['./q.go:2:1: invalid BOM in the middle of the file', 'UTF-8'],
  ])('%s: the fix names %s', async (line, words) => {
    const [finding] = await explain(`# github.com/google/uuid\n${line}\n`)
    expect(finding?.rule).toBe('compile-error')
    expect(finding?.fix.summary).toContain(words)
  })
})
