import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `go: errors parsing go.work:
../go.work:3: unknown directive: uses`

const other = `go: errors parsing go.mod:
go.mod:5: usage: require module/path v1.2.3`

describe('workspace-syntax', () => {
  test('points to the line', async () => {
    expect(await explain(printed, { facts: checkout({ work: 'go 1.21\n\nuses ./app\n' }) })).toMatchObject([
      {
        rule: 'workspace-syntax',
        severity: 'error',
        confidence: 'certain',
        message: 'Line 3 of go.work cannot be read: unknown directive: uses.',
        fix: { commands: ['go work edit -fmt'] },
        locations: [{ file: 'go.work', line: 3 }],
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['module-file-syntax'])
  })
})
