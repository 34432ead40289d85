import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `# example.com/app
./main.go:3:1: syntax error: non-declaration statement outside function body
./main.go:5:1: syntax error: non-declaration statement outside function body
./main.go:7:1: syntax error: non-declaration statement outside function body
./main.go:10:1: syntax error: unexpected <<, expected }`

const one = `# example.com/app
./main.go:3:1: syntax error: non-declaration statement outside function body`

describe('merge-conflict', () => {
  test('tells the marks of a file as one thing', async () => {
    expect(await explain(printed)).toMatchObject([
      {
        rule: 'merge-conflict',
        severity: 'error',
        confidence: 'certain',
        message: 'main.go holds the markers of an unresolved merge conflict.',
        locations: [{ line: 3 }, { line: 5 }, { line: 7 }, { line: 10 }],
        fix: { commands: ['git diff --check'] },
      },
    ])
  })

  test.each([
    ['main.go:4:1: missing import path'],
    [`# example.com/app\n# [example.com/app]\nvet: ./main.go:3:1: expected declaration, found '<<'`],
  ])('knows it in other words: %s', async (text) => {
    expect(rulesOf(await explain(text))).toEqual(['merge-conflict'])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(one))).toEqual(['compile-error'])
    expect(
      rulesOf(await explain(`# example.com/app\n./main.go:4:12: syntax error: unexpected == in parameter list`)),
    ).toEqual(['compile-error'])
  })

  test('with context: the line of the file decides', async () => {
    const seen = (line: string) => checkout({ sourceLine: () => Promise.resolve(line) })
    expect(await explain(one, { facts: seen('<<<<<<< HEAD') })).toMatchObject([
      { rule: 'merge-conflict', confidence: 'certain' },
    ])
    expect(rulesOf(await explain(printed, { facts: seen('x := 1') }))).not.toContain('merge-conflict')
  })
})
