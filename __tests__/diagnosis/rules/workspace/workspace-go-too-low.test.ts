import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `go: module . listed in go.work file requires go >= 1.21, but go.work lists go 1.20; to update it:
	go work use`

const other = `go: go.mod requires go >= 1.99 (running go 1.26.8; GOTOOLCHAIN=local)`

describe('workspace-go-too-low', () => {
  test('points to the go line of go.work', async () => {
    expect(await explain(printed, { facts: checkout({ work: 'go 1.20\n\nuse ./app\n' }) })).toMatchObject([
      {
        rule: 'workspace-go-too-low',
        severity: 'error',
        confidence: 'certain',
        message: 'The module in this folder asks for Go 1.21, and go.work says 1.20.',
        fix: { commands: ['go work edit -go=1.21'] },
        locations: [{ file: 'go.work', line: 1 }],
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['go-too-old'])
  })
})
