import { describe, expect, test } from '@jest/globals'
import { explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `fork/exec /usr/local/go/pkg/tool/linux_amd64/compile: argument list too long`

describe('arguments-too-long', () => {
  test('names the cause', async () => {
    expect(await explain(printed)).toMatchObject([
      {
        rule: 'arguments-too-long',
        confidence: 'certain',
        message: expect.stringMatching(/^\/usr\/local\/go\/pkg\/tool\/linux_amd64\/compile could not be started/),
      },
    ])
  })

  test.each([
    `fork/exec C:\\go\\pkg\\tool\\windows_amd64\\compile.exe: The filename or extension is too long.`,
    `bash: /usr/bin/go: Argument list too long`,
  ])('knows it in other words: %s', async (text) => {
    expect(new Set(rulesOf(await explain(text)))).toEqual(new Set(['arguments-too-long']))
  })

  test.each([`open C:\\m\\x.go: The filename or extension is too long.`])('is not about: %s', async (text) => {
    expect(rulesOf(await explain(text))).not.toContain('arguments-too-long')
  })
})
