import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `go: errors parsing go.mod:
go.mod:3: invalid go version 'v1.21': must match format 1.23.0`

const other = `go: errors parsing go.mod:
go.mod:5: usage: require module/path v1.2.3`

describe('go-line-format', () => {
  test('gives the right spelling', async () => {
    expect(await explain(printed, { facts: checkout({ mod: 'module example.com/app\n\ngo v1.21\n' }) })).toMatchObject([
      {
        rule: 'go-line-format',
        severity: 'error',
        confidence: 'certain',
        message: 'The go line says v1.21, which is no Go version; it must read 1.21.',
        fix: { commands: ['go mod edit -go=1.21'] },
        locations: [{ file: 'go.mod', line: 3 }],
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['module-file-syntax'])
  })
})
