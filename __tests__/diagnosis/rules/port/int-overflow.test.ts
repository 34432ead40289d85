import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `# example.com/app
./main.go:4:18: cannot use 1 << 40 (untyped int constant 1099511627776) as int value in variable declaration (overflows)`

const other = `# example.com/app
./main.go:7:19: cannot use s.Dev (variable of type int32) as uint64 value in variable declaration`

describe('int-overflow', () => {
  test('names value and width', async () => {
    expect(
      await explain(printed, {
        facts: checkout({ mod: 'module example.com/app\n\ngo 1.21\n\nrequire example.com/lib v1.0.0\n' }),
        target: { goos: 'linux', goarch: '386' },
        probe: 'build',
      }),
    ).toMatchObject([
      {
        rule: 'int-overflow',
        severity: 'error',
        confidence: 'certain',
        message: '1099511627776 does not fit into int, which has 32 bits on linux/386.',
        locations: [{ file: 'main.go', line: 4, column: 18 }],
      },
    ])
  })

  test('does not speak of 32 bits where 64 are too few', async () => {
    const huge = printed.replace('1 << 40', '1 << 70').replace('1099511627776', '1180591620717411303424')
    expect(await explain(huge)).toMatchObject([
      {
        title: 'A constant does not fit into int',
        message: '1180591620717411303424 does not fit into int, also not with 64 bits.',
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['type-differs-by-port'])
  })
})
