import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `go: errors parsing go.mod:
go.mod:4: unknown directive: <<<<<<<
go.mod:6: unknown directive: =======
go.mod:8: unknown directive: >>>>>>>`

const other = `go: errors parsing go.mod:
go.mod:5: usage: require module/path v1.2.3`

describe('module-file-conflict', () => {
  test('points to the first marker', async () => {
    expect(await explain(printed, { facts: checkout({ mod: 'module example.com/app\n' }) })).toMatchObject([
      {
        rule: 'module-file-conflict',
        severity: 'error',
        confidence: 'certain',
        message: 'go.mod holds the markers of an unresolved merge conflict from line 4 on.',
        fix: { commands: ['go mod tidy'] },
        locations: [{ file: 'go.mod', line: 4 }],
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['module-file-syntax'])
  })
})
