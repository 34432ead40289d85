import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `# example.com/app
./main.go:3:12: type parameter requires go1.18 or later (-lang was set to go1.17; check go.mod)
./main.go:3:14: predeclared any requires go1.18 or later (-lang was set to go1.17; check go.mod)
./main.go:5:23: implicit function instantiation requires go1.18 or later (-lang was set to go1.17; check go.mod)`

const other = `# example.com/app
./main.go:5:1: syntax error: unexpected }, expected expression`

describe('language-version', () => {
  test('folds to one finding and names the go line', async () => {
    expect(await explain(printed, { facts: checkout({ mod: 'module example.com/app\n\ngo 1.17\n' }) })).toMatchObject([
      {
        rule: 'language-version',
        severity: 'error',
        confidence: 'certain',
        message: 'type parameter: this needs the language of Go 1.18, and the go line of the module says 1.17.',
        fix: { commands: ['go mod edit -go=1.18'] },
        locations: [
          { file: 'main.go', line: 3, column: 12 },
          { file: 'go.mod', line: 3 },
          { file: 'main.go', line: 3, column: 14 },
          { file: 'main.go', line: 5, column: 23 },
        ],
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['compile-error'])
  })
})
