import { describe, expect, test } from '@jest/globals'

import type { PlatformToolsObservation } from '../../../../src/domain/platform-observation.ts'
import type { PlatformTools } from '../../../../src/domain/platform.ts'
import { explain, observe, rulesOf } from '../../../helpers/rule-case.ts'

const seen = (tools: PlatformTools): PlatformToolsObservation => ({
  kind: 'platform-tools',
  probe: 'platforms',
  module: '.',
  tools,
  targets: [{ goos: tools.system, goarch: tools.system === 'android' ? 'amd64' : 'arm64' }],
  mains: ['example.com/m/cmd/app'],
})

describe('phone-linker', () => {
  test('an NDK that is there gives the command', async () => {
    const clang = '/sdk/ndk/27.2/toolchains/llvm/prebuilt/linux-x86_64/bin/x86_64-linux-android21-clang'
    const compilers = { 'android/amd64': clang }
    expect(await observe(seen({ system: 'android', state: 'ready', where: '/sdk/ndk/27.2', compilers }))).toMatchObject(
      [
        {
          rule: 'phone-linker',
          severity: 'notice',
          message:
            'example.com/m/cmd/app for android/amd64: this program is linked with the Android NDK and cgo; the Android NDK is here, in /sdk/ndk/27.2.',
          fix: { commands: [`CGO_ENABLED=1 GOOS=android GOARCH=amd64 CC=${clang} go build ./...`] },
        },
      ],
    )
  })

  test('leaves a build that failed for want of it to its own rule', async () => {
    const printed = 'android/amd64 requires external (cgo) linking, but cgo is not enabled'
    expect(rulesOf(await explain(printed))).toEqual(['external-link-needs-cgo'])
  })

  test('none there: which runner has one', async () => {
    const [finding] = await observe(seen({ system: 'android', state: 'missing', compilers: {} }))
    expect(finding?.fix.summary).toContain('ubuntu-latest')
    expect(finding?.fix.commands?.[0]).toContain('/bin/x86_64-linux-android*-clang')
  })

  test('iOS: a Mac, or Xcode on this one, or the wrapper', async () => {
    const [elsewhere] = await observe(
      seen({ system: 'ios', state: 'elsewhere', compilers: {}, detail: 'Xcode runs on macOS alone.' }),
    )
    expect(elsewhere?.fix.summary).toContain('macos-latest')
    const detail = '/Library/Developer/CommandLineTools is selected. xcrun: error: SDK "iphoneos" cannot be located.'
    const [missing] = await observe(seen({ system: 'ios', state: 'missing', compilers: {}, detail }))
    expect(missing).toMatchObject({ message: expect.stringContaining('SDK "iphoneos" cannot be located') })
    expect(missing?.fix.commands?.[0]).toContain('xcode-select --switch')
    const compilers = { 'ios/arm64': '/go/misc/ios/clangwrap.sh' }
    const [ready] = await observe(seen({ system: 'ios', state: 'ready', where: '/Applications/Xcode.app', compilers }))
    expect(ready?.fix.commands).toEqual([
      'CGO_ENABLED=1 GOOS=ios GOARCH=arm64 CC=/go/misc/ios/clangwrap.sh go build ./...',
    ])
  })
})
