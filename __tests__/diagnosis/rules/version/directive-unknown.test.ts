import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `go: errors parsing go.mod:
go.mod:5: unknown directive: tool`

const other = `go: errors parsing go.mod:
go.mod:5: usage: require module/path v1.2.3`

describe('directive-unknown', () => {
  test('knows what came with which Go', async () => {
    expect(
      await explain(printed, {
        facts: checkout({ mod: 'module example.com/app\n\ngo 1.21\n\nrequire example.com/lib v1.0.0\n' }),
      }),
    ).toMatchObject([
      {
        rule: 'directive-unknown',
        severity: 'error',
        confidence: 'certain',
        message: 'tool came with Go 1.24; the Go that runs is older.',
        locations: [{ file: 'go.mod', line: 5 }],
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['module-file-syntax'])
  })
})
