import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `# example.com/app
./main.go:7:19: cannot use s.Dev (variable of type int32) as uint64 value in variable declaration`

const other = `# example.com/app
./main.go:4:18: cannot use 1 << 40 (untyped int constant 1099511627776) as int value in variable declaration (overflows)`

describe('type-differs-by-port', () => {
  test('gives the conversion', async () => {
    expect(
      await explain(printed, {
        facts: checkout({ mod: 'module example.com/app\n\ngo 1.21\n\nrequire example.com/lib v1.0.0\n' }),
        target: { goos: 'darwin', goarch: 'arm64' },
        probe: 'build',
      }),
    ).toMatchObject([
      {
        rule: 'type-differs-by-port',
        severity: 'error',
        confidence: 'likely',
        message:
          's.Dev is int32 on darwin/arm64 and uint64 is wanted; types of system calls differ from system to system.',
        locations: [{ file: 'main.go', line: 7, column: 19 }],
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['int-overflow'])
  })
})
