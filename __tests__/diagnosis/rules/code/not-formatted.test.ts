import { describe, expect, test } from '@jest/globals'
import { explain, rulesOf } from '../../../helpers/rule-case.ts'

// The line numbers and wording of golangci-lint 1.x and 2.x.
const printed =
  'main.go:1: File is not `gofmt`-ed with `-s` (gofmt)\nlib.go:1: File is not `gofmt`-ed with `-s` (gofmt)'

describe('not-formatted', () => {
  test('is one finding for all files, and names line endings too', async () => {
    expect(await explain(printed)).toMatchObject([
      {
        rule: 'not-formatted',
        message: expect.stringContaining('CRLF'),
        locations: [
          { file: 'main.go', line: 1 },
          { file: 'lib.go', line: 1 },
        ],
      },
    ])
  })

  test('knows other formatters and wordings', async () => {
    expect(await explain('a.go:3:1: File is not properly formatted (goimports)')).toMatchObject([
      { rule: 'not-formatted', fix: { commands: ['goimports -w .', expect.any(String)] } },
    ])
  })

  test('is not about what the compiler says', async () => {
    expect(rulesOf(await explain('# example.com/app\n./main.go:3:15: undefined: nope'))).toEqual(['name-undefined'])
  })
})
