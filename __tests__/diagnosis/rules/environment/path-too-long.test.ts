import { describe, expect, test } from '@jest/globals'
import { explain, rulesOf } from '../../../helpers/rule-case.ts'

// As reported in https://github.com/Consensys-Incorporated/gnark-crypto/issues/556
const printed = `error: unable to create file internal/generator/addchain/1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e: File name too long`

describe('path-too-long', () => {
  test('names the cause', async () => {
    expect(await explain(printed)).toMatchObject([
      {
        rule: 'path-too-long',
        confidence: 'certain',
        message: expect.stringMatching(/too long for this file system: one name in it has 160 bytes/),
      },
    ])
  })

  test.each([
    `error: unable to create file internal/testdata/a/b/c.golden: Filename too long`,
    `open C:\\m\\x.go: The filename or extension is too long.`,
  ])('knows it in other words: %s', async (text) => {
    expect(new Set(rulesOf(await explain(text)))).toEqual(new Set(['path-too-long']))
  })

  test.each([`fork/exec C:\\go\\pkg\\tool\\windows_amd64\\compile.exe: The filename or extension is too long.`])(
    'is not about: %s',
    async (text) => {
      expect(rulesOf(await explain(text))).not.toContain('path-too-long')
    },
  )
})
