import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `# example.com/app
./f_amd64.s:2: unrecognized instruction "FROB"
asm: assembly of ./f_amd64.s failed`

const other = `# example.com/app
./main.go:3:6: missing function body`

describe('assembly-error', () => {
  test('points to the line', async () => {
    expect(
      await explain(printed, {
        facts: checkout({ mod: 'module example.com/app\n\ngo 1.21\n\nrequire example.com/lib v1.0.0\n' }),
      }),
    ).toMatchObject([
      {
        rule: 'assembly-error',
        severity: 'error',
        confidence: 'certain',
        message: 'The assembler refuses line 2 of f_amd64.s: unrecognized instruction "FROB".',
        locations: [{ file: 'f_amd64.s', line: 2 }],
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['assembly-missing'])
  })
})
