import { describe, expect, test } from '@jest/globals'
import { explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `xcrun: error: invalid active developer path (/Library/Developer/CommandLineTools), missing xcrun at: /Library/Developer/CommandLineTools/usr/bin/xcrun`

describe('xcode-tools', () => {
  test('names the cause', async () => {
    expect(await explain(printed)).toMatchObject([
      {
        rule: 'xcode-tools',
        confidence: 'certain',
        message: expect.stringMatching(/were removed by an update of macOS/),
      },
    ])
  })

  test.each([
    `You have not agreed to the Xcode license agreements, please run 'sudo xcodebuild -license' from within a Terminal window to review and agree to the Xcode and Apple SDKs license.`,
    `clang: error: no such sysroot directory: '/Applications/Xcode.app/Contents/Developer/Platforms/MacOSX.platform/Developer/SDKs/MacOSX12.sdk'`,
  ])('knows it in other words: %s', async (text) => {
    expect(new Set(rulesOf(await explain(text)))).toEqual(new Set(['xcode-tools']))
  })

  test.each([`xcrun: error: SDK "iphoneos" cannot be located`])('is not about: %s', async (text) => {
    expect(rulesOf(await explain(text))).not.toContain('xcode-tools')
  })
})
