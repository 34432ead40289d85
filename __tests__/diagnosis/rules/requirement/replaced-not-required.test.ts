import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `main.go:3:8: module example.com/lib provides package example.com/lib and is replaced but not required; to add it:
	go get example.com/lib`

const other = `main.go:3:8: example.com/lib@v1.0.0: replacement directory ../lib does not exist`

describe('replaced-not-required', () => {
  test('adds the requirement', async () => {
    expect(
      await explain(printed, {
        facts: checkout({ mod: 'module example.com/app\n\nreplace example.com/lib => ../lib\n' }),
      }),
    ).toMatchObject([
      {
        rule: 'replaced-not-required',
        severity: 'error',
        confidence: 'certain',
        message: 'example.com/lib comes from example.com/lib, which go.mod replaces but does not require.',
        fix: { commands: ['go get example.com/lib'] },
        locations: [
          { file: 'main.go', line: 3, column: 8 },
          { file: 'go.mod', line: 3 },
        ],
        module: 'example.com/lib',
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['replace-directory-missing'])
  })
})
