import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { clip, plain } from '../../rule-helpers/text.ts'

interface Known {
  readonly pattern: RegExp
  readonly key: string
  readonly message: string
  readonly summary: string
  readonly commands?: readonly string[]
}

const known: readonly Known[] = [
  {
    pattern:
      /unable to import bind|no Go package in golang\.org\/x\/mobile\/bind|golang\.org\/x\/mobile\/bind: cannot find|no required module provides package golang\.org\/x\/mobile\/bind/,
    key: 'bind',
    message: 'gomobile needs golang.org/x/mobile in the module that it binds, and go.mod does not require it.',
    summary: 'Require it (from Go 1.24 on as a tool, so that go mod tidy keeps it) and run gomobile again.',
    commands: ['go get -tool golang.org/x/mobile/cmd/gobind', 'go mod tidy'],
  },
  {
    pattern:
      /failed to find Android SDK|ANDROID_HOME (?:is )?not set|gomobile[^\n]{0,100}no (?:Android )?platforms? found/,
    key: 'sdk',
    message: 'The Android SDK (or a platform of it) is not installed, or ANDROID_HOME does not lead to it.',
    summary: 'Install the SDK with a platform and let ANDROID_HOME name its folder.',
    commands: ['sdkmanager "platforms;android-34"', 'export ANDROID_HOME=/path/to/sdk'],
  },
  {
    pattern:
      /gobind was not found|exec: "gobind": executable file not found|gomobile: toolchain not installed|run [`'"]?gomobile init/,
    key: 'init',
    message: 'gomobile does not find its helper gobind, or was never set up.',
    summary: 'Install both at one version, with $(go env GOPATH)/bin on PATH, and set gomobile up.',
    commands: [
      'go install golang.org/x/mobile/cmd/gomobile@latest golang.org/x/mobile/cmd/gobind@latest',
      'gomobile init',
    ],
  },
  {
    pattern: /unsupported API version \d{1,3} \(not in [\d.]{1,20}\)/,
    key: 'api',
    message: 'The NDK that is installed no longer supports the Android API level that gomobile asks for.',
    summary: 'Ask for a level that the NDK has (21 with recent ones).',
    commands: ['gomobile bind -target=android -androidapi 21 ./...'],
  },
  {
    pattern:
      /no (?:usable NDK|Android NDK found)|Android NDK (?:not found|path)|ndk-bundle[^\n]{0,80}no such file|ANDROID_NDK_HOME|no suitable Android NDK|NDK toolchain[^\n]{0,60}(?:not found|missing)|no clang compiler (?:was )?found[^\n]{0,40}ndk/i,
    key: 'ndk',
    message: 'The Android NDK is not installed, or ANDROID_NDK_HOME and ANDROID_HOME do not lead to it.',
    summary: 'Install the NDK (sdkmanager "ndk;…") and let ANDROID_NDK_HOME name its folder.',
    commands: ['export ANDROID_NDK_HOME="$ANDROID_HOME/ndk/VERSION"'],
  },
  {
    pattern:
      /SDK "(?:iphoneos|iphonesimulator|macosx|appletvos)" cannot be located|requires Xcode, but active developer directory|-target="?ios"? requires X[cC]ode|xcrun: error: unable to (?:find utility|lookup item)/,
    key: 'xcode',
    message: 'The iOS SDK is not there: the command line tools alone do not hold it, Xcode does.',
    summary: 'Install Xcode and select it.',
    commands: ['sudo xcode-select --switch /Applications/Xcode.app/Contents/Developer'],
  },
]

const rule: Rule = {
  id: 'gomobile',
  area: 'port',
  title: 'Building for Android or iOS lacks a part of its tools',
  what: 'gomobile (or a build for android or ios) does not find the NDK, Xcode, its helper gobind or its own package.',
  why: 'Programs for phones are linked by the C compiler of the platform: the NDK for Android, Xcode for iOS. gomobile also builds a wrapper from golang.org/x/mobile/bind, which the module must require.',
  fix: 'Install the part that is named and let the environment point at it.',
  classes: [],
  example: 'gomobile: no usable NDK in /opt/android-sdk: open /opt/android-sdk/ndk: no such file or directory',
  markers: [
    'gomobile',
    'gobind',
    'x/mobile/bind',
    'unable to import bind',
    'unsupported API version',
    'NDK',
    'Android SDK',
    'ANDROID_HOME',
    'ndk-bundle',
    'xcrun: error',
    'cannot be located',
    'requires Xcode',
    'requires XCode',
  ],
  message: (message) => {
    const block = plain(message)
    const found = known.find(({ pattern }) => pattern.test(block))
    if (found === undefined) return undefined
    return diagnosis({
      confidence: found.key === 'ndk' ? 'likely' : 'certain',
      message: `${found.message} It said: ${clip(block.split('\n')[0] ?? '', 140)}`,
      fix: advice(found.summary, found.commands),
      key: found.key,
    })
  },
}

export default rule
