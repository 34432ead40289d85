import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `go: downloading example.com/newer v1.0.0
go: example.com/newer@v1.0.0 requires go >= 1.99 (running go 1.26.8; GOTOOLCHAIN=local)`

const other = `go: go.mod requires go >= 1.99 (running go 1.26.8; GOTOOLCHAIN=local)`

describe('dependency-needs-newer-go', () => {
  test('points to the requirement', async () => {
    expect(
      await explain(printed, {
        facts: checkout({ mod: 'module example.com/app\n\nrequire example.com/newer v1.0.0\n' }),
      }),
    ).toMatchObject([
      {
        rule: 'dependency-needs-newer-go',
        severity: 'error',
        confidence: 'certain',
        message: 'example.com/newer@v1.0.0 asks for Go 1.99, and Go 1.26.8 runs.',
        fix: { commands: ['go get go@1.99  # or', 'go get example.com/newer@latest go@1.26.8'] },
        locations: [{ file: 'go.mod', line: 3 }],
        module: 'example.com/newer',
        version: 'v1.0.0',
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['go-too-old'])
  })
})
