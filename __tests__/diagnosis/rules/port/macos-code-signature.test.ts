import { describe, expect, test } from '@jest/globals'
import { explain, rulesOf } from '../../../helpers/rule-case.ts'

// As reported in https://github.com/cortesi/modd/issues/132
const printed = `$ modd
[1]    22082 killed     modd

SIGKILL (Code Signature Invalid)`

describe('macos-code-signature', () => {
  test('names the cause', async () => {
    expect(await explain(printed)).toMatchObject([
      {
        rule: 'macos-code-signature',
        confidence: 'certain',
        message: expect.stringMatching(/code signature is invalid/),
      },
    ])
  })

  test.each([
    `$ codeowners-validator
Killed: 9`,
    `zsh: killed     ./app`,
    `“app” cannot be opened because the developer cannot be verified.`,
  ])('knows it in other words: %s', async (text) => {
    expect(new Set(rulesOf(await explain(text)))).toEqual(new Set(['macos-code-signature']))
  })

  test.each([`go build example.com/x: /usr/local/go/pkg/tool/linux_amd64/compile: signal: killed`, `Killed`])(
    'is not about: %s',
    async (text) => {
      expect(rulesOf(await explain(text))).not.toContain('macos-code-signature')
    },
  )
})
