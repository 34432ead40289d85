import { describe, expect, test } from '@jest/globals'
import { explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `gomobile: no usable NDK in /opt/android-sdk: open /opt/android-sdk/ndk: no such file or directory`

describe('gomobile', () => {
  test('names the cause', async () => {
    expect(await explain(printed)).toMatchObject([
      { rule: 'gomobile', confidence: 'likely', message: expect.stringMatching(/^The Android NDK is not installed/) },
    ])
  })

  test.each([
    `gomobile: /home/dev/go/bin/gobind -lang=go failed: exit status 1
unable to import bind: no Go package in golang.org/x/mobile/bind`,
    `xcrun: error: SDK "iphoneos" cannot be located`,
    `gomobile: unsupported API version 16 (not in 19..33)`,
    `gomobile: failed to find Android SDK platform: no platforms found`,
  ])('knows it in other words: %s', async (text) => {
    expect(new Set(rulesOf(await explain(text)))).toEqual(new Set(['gomobile']))
  })

  test.each([`android/amd64 requires external (cgo) linking, but cgo is not enabled`])(
    'is not about: %s',
    async (text) => {
      expect(rulesOf(await explain(text))).not.toContain('gomobile')
    },
  )
})
