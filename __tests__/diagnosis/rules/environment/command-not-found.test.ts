import { describe, expect, test } from '@jest/globals'
import { explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `main.go:2: running "nosuchgen": exec: "nosuchgen": executable file not found in $PATH`

describe('command-not-found', () => {
  test('names the cause', async () => {
    expect(await explain(printed)).toMatchObject([
      {
        rule: 'command-not-found',
        confidence: 'certain',
        message: expect.stringMatching(/^nosuchgen is not installed here/),
      },
    ])
  })

  test.each([
    `sh: 1: nosuchtool: not found`,
    `bash: line 1: nosuchtool: command not found`,
    `make: nosuchtool: No such file or directory`,
    `zsh: command not found: go`,
    `make: go: Command not found`,
    `'go' is not recognized as an internal or external command,`,
  ])('knows it in other words: %s', async (text) => {
    expect(new Set(rulesOf(await explain(text)))).toEqual(new Set(['command-not-found']))
  })

  test.each([
    `sh: 1: ./nothere: not found`,
    `cgo: C compiler "gcc" not found: exec: "gcc": executable file not found in $PATH`,
  ])('is not about: %s', async (text) => {
    expect(rulesOf(await explain(text))).not.toContain('command-not-found')
  })
})
