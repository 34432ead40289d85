import { describe, expect, test } from '@jest/globals'
import { explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `# example.com/app
link: main: invalid reference to runtime.gcController`

const other = `# example.com/app
main.main: relocation target main.add not defined`

describe('linkname-blocked', () => {
  test('names the symbol', async () => {
    expect(await explain(printed)).toMatchObject([
      {
        rule: 'linkname-blocked',
        severity: 'error',
        confidence: 'certain',
        message:
          'A package of the program refers to runtime.gcController, which the standard library keeps to itself since Go 1.23.',
        fix: { commands: ["grep -rn 'go:linkname.*runtime.gcController' '--include=*.go' ."] },
        locations: [],
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['assembly-missing'])
  })
})
