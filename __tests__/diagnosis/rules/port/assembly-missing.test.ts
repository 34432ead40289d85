import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `# example.com/app
./main.go:3:6: missing function body`

const other = `# example.com/app
./f_amd64.s:2: unrecognized instruction "FROB"
asm: assembly of ./f_amd64.s failed`

describe('assembly-missing', () => {
  test('names the architecture', async () => {
    expect(
      await explain(printed, {
        facts: checkout({ mod: 'module example.com/app\n\ngo 1.21\n\nrequire example.com/lib v1.0.0\n' }),
        target: { goos: 'linux', goarch: 'arm64' },
        probe: 'build',
      }),
    ).toMatchObject([
      {
        rule: 'assembly-missing',
        severity: 'error',
        confidence: 'certain',
        message: 'A function is declared without a body, and no assembly file defines it on linux/arm64.',
        locations: [{ file: 'main.go', line: 3, column: 6 }],
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['assembly-error'])
  })
})
