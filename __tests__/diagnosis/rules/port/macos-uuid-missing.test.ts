import { describe, expect, test } from '@jest/globals'
import { explain, rulesOf } from '../../../helpers/rule-case.ts'

// As reported in https://github.com/FISCO-BCOS/go-sdk/issues/304
const printed = `dyld: missing LC_UUID load command in .../smcrypto.test
dyld: missing LC_UUID load command
signal: abort trap
FAIL github.com/FISCO-BCOS/go-sdk/v3/smcrypto`

describe('macos-uuid-missing', () => {
  test('names the cause', async () => {
    expect(await explain(printed)).toMatchObject([
      {
        rule: 'macos-uuid-missing',
        confidence: 'certain',
        message: expect.stringMatching(/refuses a program without LC_UUID/),
      },
    ])
  })

  test.each([`dyld[8018]: missing LC_UUID load command in /private/var/folders/go-build1/b001/app.test`])(
    'knows it in other words: %s',
    async (text) => {
      expect(new Set(rulesOf(await explain(text)))).toEqual(new Set(['macos-uuid-missing']))
    },
  )

  test.each([`dyld[1]: Library not loaded: /usr/local/lib/libx.dylib`])('is not about: %s', async (text) => {
    expect(rulesOf(await explain(text))).not.toContain('macos-uuid-missing')
  })
})
