import { describe, expect, test } from '@jest/globals'
import { explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `# example.com/app
runtime.main_main·f: function main is undeclared in the main package`

const other = `# example.com/app
main.main: relocation target main.add not defined`

describe('main-missing', () => {
  test('names the package', async () => {
    expect(await explain(printed)).toMatchObject([
      {
        rule: 'main-missing',
        severity: 'error',
        confidence: 'certain',
        message: 'example.com/app has no function main on this target.',
        fix: { commands: ["go list -f '{{.GoFiles}} ignored: {{.IgnoredGoFiles}}' ."] },
        locations: [],
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['assembly-missing'])
  })
})
