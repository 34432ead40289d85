import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `go: error loading go.work:
../go.work:4: path /src/app appears multiple times in workspace`

const other = `go: errors parsing go.work:
../go.work:3: unknown directive: uses`

describe('workspace-duplicate', () => {
  test('points to the second line', async () => {
    expect(await explain(printed, { facts: checkout({ work: 'go 1.21\n\nuse ./app\nuse ./app\n' }) })).toMatchObject([
      {
        rule: 'workspace-duplicate',
        severity: 'error',
        confidence: 'certain',
        message: 'go.work lists the folder ./app more than once.',
        fix: { commands: ['go work edit -fmt'] },
        locations: [{ file: 'go.work', line: 4 }],
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['workspace-syntax'])
  })
})
