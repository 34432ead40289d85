import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `main.go:4:2: case-insensitive import collision: "example.com/app/log" and "example.com/app/Log"`

const other = `main.go:3:8: "./x" is relative, but relative import paths are not supported in module mode
main.go:3:8: local import "./x" in non-local package`

describe('case-collision', () => {
  test('names both paths', async () => {
    expect(
      await explain(printed, {
        facts: checkout({ mod: 'module example.com/app\n\ngo 1.21\n\nrequire example.com/lib v1.0.0\n' }),
      }),
    ).toMatchObject([
      {
        rule: 'case-collision',
        severity: 'error',
        confidence: 'certain',
        message:
          'example.com/app/log and example.com/app/Log are imported side by side and differ only in upper and lower case.',
        fix: { commands: ["grep -rn '--include=*.go' example.com/app/Log .", 'go mod why example.com/app/Log'] },
        locations: [{ file: 'main.go', line: 4, column: 2 }],
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['import-path-invalid'])
  })
})
