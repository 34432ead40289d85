import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `found packages a (a.go) and b (b.go) in /src/app`

const other = `no Go files in /src/app`

describe('two-packages-in-directory', () => {
  test('points to both files', async () => {
    expect(await explain(printed, { facts: checkout({}) })).toMatchObject([
      {
        rule: 'two-packages-in-directory',
        severity: 'error',
        confidence: 'certain',
        message: 'a.go says package a and b.go beside it says package b.',
        locations: [
          { file: 'a.go', line: 1 },
          { file: 'b.go', line: 1 },
        ],
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['no-go-files'])
  })
})
