import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `go: errors parsing go.mod:
go.mod:5: usage: require module/path v1.2.3`

const other = `go: errors parsing go.mod:
go.mod:4: unknown directive: <<<<<<<
go.mod:6: unknown directive: =======
go.mod:8: unknown directive: >>>>>>>`

describe('module-file-syntax', () => {
  test('points to the line', async () => {
    expect(await explain(printed, { facts: checkout({ mod: 'module example.com/app\n' }) })).toMatchObject([
      {
        rule: 'module-file-syntax',
        severity: 'error',
        confidence: 'certain',
        message: 'Line 5 of go.mod cannot be read: usage: require module/path v1.2.3.',
        fix: { commands: ['go mod edit -fmt'] },
        locations: [{ file: 'go.mod', line: 5 }],
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['module-file-conflict'])
  })
})
