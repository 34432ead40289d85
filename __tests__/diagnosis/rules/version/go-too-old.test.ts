import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `go: go.mod requires go >= 1.99 (running go 1.26.8; GOTOOLCHAIN=local)`

const other = `go: downloading example.com/newer v1.0.0
go: example.com/newer@v1.0.0 requires go >= 1.99 (running go 1.26.8; GOTOOLCHAIN=local)`

describe('go-too-old', () => {
  test('points to the go line', async () => {
    expect(await explain(printed, { facts: checkout({ mod: 'module example.com/app\n\ngo 1.99\n' }) })).toMatchObject([
      {
        rule: 'go-too-old',
        severity: 'error',
        confidence: 'certain',
        message: 'go.mod asks for Go 1.99, and Go 1.26.8 runs; GOTOOLCHAIN=local forbids to fetch a newer one.',
        fix: { commands: ['go env -w GOTOOLCHAIN=auto'] },
        locations: [{ file: 'go.mod', line: 3 }],
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['dependency-needs-newer-go'])
  })
})
