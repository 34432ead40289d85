import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `# example.com/app
./main.go:6:28: undefined: strings.Lines`

const other = `# example.com/app
./main.go:5:23: undefined: syscall.Kill
./main.go:5:39: undefined: syscall.SIGUSR1`

describe('std-api-missing', () => {
  test('knows what came with which Go', async () => {
    expect(
      await explain(printed, {
        facts: checkout({ mod: 'module example.com/app\n\ngo 1.21\n\nrequire example.com/lib v1.0.0\n' }),
      }),
    ).toMatchObject([
      {
        rule: 'std-api-missing',
        severity: 'error',
        confidence: 'likely',
        message: 'strings.Lines came with Go 1.24; the Go that compiles is older.',
        fix: { commands: ['go mod edit -go=1.24'] },
        locations: [{ file: 'main.go', line: 6, column: 28 }],
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['port-undefined'])
  })
})
