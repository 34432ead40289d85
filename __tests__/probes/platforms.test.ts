import path from 'node:path'
import { describe, expect, test } from '@jest/globals'

import type {
  FileNamesObservation,
  LevelsObservation,
  PlatformToolsObservation,
} from '../../src/domain/platform-observation.ts'
import { androidTools, iosTools } from '../../src/probes/support/phone-tools.ts'
import platforms from '../../src/probes/platforms.ts'
import type { ProcessResult } from '../../src/system/types.ts'
import { makeFolder } from '../helpers/folder.ts'
import { probeContext, runProbe, testSystem } from '../helpers/probe-context.ts'

const module = { 'go.mod': 'module example.com/m\n\ngo 1.21\n', 'main.go': 'package main\n\nfunc main() {}\n' }

describe('platforms', () => {
  test('levels as they are set, of every architecture', async () => {
    const root = await makeFolder(module)
    const { observations } = await runProbe(platforms, root, { env: { GOAMD64: 'v5', GOARM: '8' } })
    const levels = observations.find((one): one is LevelsObservation => one.kind === 'levels')
    expect(levels?.settings).toEqual(
      expect.arrayContaining([
        { variable: 'GOAMD64', value: 'v5' },
        { variable: 'GOARM', value: '8' },
      ]),
    )
    expect(levels?.goVersion).toMatch(/^go1\.\d+/)
  })

  test('the level of a target beside the processor that the policy declares', async () => {
    const root = await makeFolder(module)
    const linux = { goos: 'linux', goarch: 'amd64' }
    const context = await probeContext(root, {
      env: { GOAMD64: 'v3' },
      targets: [linux, { ...linux, level: 'v1' }, { goos: 'linux', goarch: 's390x' }],
    })
    const selector = { kind: 'ports' as const, goos: 'linux', goarch: 'amd64' }
    const cpu = [{ selector, text: 'linux/amd64', line: 3, level: 'v2' }]
    const policy = { path: '.github/gopreflight.yml', targets: [], cpu }
    const { observations } = await platforms.run({ ...context, policy })
    const levels = observations.find((one): one is LevelsObservation => one.kind === 'levels')
    expect(levels?.targets.map(({ level, deployed }) => [level, deployed?.level, deployed?.at.line])).toEqual([
      ['v3', 'v2', 3],
      ['v1', 'v2', 3],
    ])
    const released = await platforms.run({ ...context, policy, targets: [], released: [{ ...linux, level: 'v4' }] })
    expect(released.observations).toContainEqual(
      expect.objectContaining({ kind: 'levels', targets: [expect.objectContaining({ level: 'v4' })] }),
    )
  })

  test('names of the files that git knows, and of all that lie there without a repository', async () => {
    const root = await makeFolder({ ...module, 'aux.go': 'package main\n', 'built:by-a-build': 'x' })
    const names = async (): Promise<readonly string[]> => {
      const { observations } = await runProbe(platforms, root)
      const seen = observations.find((one): one is FileNamesObservation => one.kind === 'file-names')
      return seen?.names.map((name) => name.file) ?? []
    }
    expect(await names()).toEqual(['aux.go', 'built:by-a-build'])
    const git = (...args: string[]): Promise<ProcessResult> =>
      testSystem().processes.run({ argv: ['git', ...args], cwd: root, timeoutSeconds: 60 })
    await git('init', '-q')
    await git('add', 'go.mod', 'main.go', 'aux.go')
    expect(await names()).toEqual(['aux.go'])
  })

  test('tools of phones are looked for only when the targets name them and a program needs them', async () => {
    const tools = async (files: Readonly<Record<string, string>>, named: boolean, goarch: string) => {
      const targets = [{ goos: 'android', goarch, cgo: false }]
      const env = {
        ANDROID_NDK_HOME: '',
        ANDROID_NDK_ROOT: '',
        ANDROID_NDK: '',
        ANDROID_NDK_LATEST_HOME: '',
        ANDROID_HOME: '',
        ANDROID_SDK_ROOT: '',
      }
      const { observations } = await runProbe(platforms, await makeFolder(files), { targets, named, env })
      return observations.find((one): one is PlatformToolsObservation => one.kind === 'platform-tools')
    }
    expect(await tools(module, true, 'amd64')).toMatchObject({
      tools: { system: 'android', state: 'missing' },
      mains: ['example.com/m'],
    })
    expect(await tools(module, false, 'amd64')).toBeUndefined()
    expect(await tools(module, true, 'arm64')).toBeUndefined()
    expect(await tools({ ...module, 'main.go': 'package m\n' }, true, 'amd64')).toBeUndefined()
  })
})

describe('androidTools', () => {
  const targets = [
    { goos: 'android', goarch: 'arm64' },
    { goos: 'android', goarch: 'arm' },
  ]

  test('the compilers of an NDK, for the oldest level of each; the newest NDK of an SDK', async () => {
    const bin = 'toolchains/llvm/prebuilt/linux-x86_64/bin'
    const sdk = await makeFolder({
      [`ndk/9.0.1/${bin}/aarch64-linux-android16-clang`]: '',
      [`ndk/27.2.3/${bin}/aarch64-linux-android21-clang`]: '',
      [`ndk/27.2.3/${bin}/aarch64-linux-android35-clang`]: '',
      [`ndk/27.2.3/${bin}/aarch64-linux-android35-clang++`]: '',
      [`ndk/27.2.3/${bin}/armv7a-linux-androideabi21-clang`]: '',
    })
    const { files, processes, host } = testSystem()
    const env = { ANDROID_HOME: sdk, ANDROID_NDK_HOME: path.join(sdk, 'gone') }
    const found = await androidTools({ files, processes, env, host: { ...host, platform: 'linux' } }, targets)
    const folder = path.join(sdk, 'ndk', '27.2.3')
    expect(found).toEqual({
      system: 'android',
      state: 'ready',
      where: folder,
      compilers: {
        'android/arm64': path.join(folder, bin, 'aarch64-linux-android21-clang'),
        'android/arm': path.join(folder, bin, 'armv7a-linux-androideabi21-clang'),
      },
    })
  })

  test('what was looked at in vain is said', async () => {
    const { files, processes, host } = testSystem()
    const env = { ANDROID_NDK_HOME: '/nowhere/ndk' }
    const found = await androidTools({ files, processes, env, host: { ...host, platform: 'linux' } }, targets)
    expect(found).toMatchObject({
      state: 'missing',
      detail: 'ANDROID_NDK_HOME names /nowhere/ndk, which is no folder.',
    })
  })
})

describe('iosTools', () => {
  const targets = [{ goos: 'ios', goarch: 'arm64' }]
  const answer = (exitCode: number, text: string): ProcessResult => ({
    exitCode,
    timedOut: false,
    cancelled: false,
    stdout: { text: exitCode === 0 ? text : '', truncated: false, totalBytes: 0 },
    stderr: { text: exitCode === 0 ? '' : text, truncated: false, totalBytes: 0 },
    seconds: 0,
  })
  const mac = (answers: Readonly<Record<string, ProcessResult>>) => {
    const { files, host, processes, env } = testSystem()
    const run = ({ argv }: { argv: readonly string[] }): Promise<ProcessResult> =>
      Promise.resolve(answers[argv.join(' ')] ?? answer(1, `unexpected ${argv.join(' ')}`))
    return { files, env, processes: { ...processes, run }, host: { ...host, platform: 'darwin' } }
  }

  test('not on a Mac', async () => {
    const { files, processes, host, env } = testSystem()
    expect(await iosTools({ files, processes, env, host: { ...host, platform: 'linux' } }, targets, '')).toMatchObject({
      state: 'elsewhere',
    })
  })

  test('command line tools alone, and no tools at all', async () => {
    const tools = '/Library/Developer/CommandLineTools'
    const alone = mac({
      'xcode-select -p': answer(0, `${tools}\n`),
      'xcrun --sdk iphoneos --show-sdk-path': answer(1, 'xcrun: error: SDK "iphoneos" cannot be located\nmore'),
    })
    expect(await iosTools(alone, targets, '')).toMatchObject({
      state: 'missing',
      detail: `${tools} is selected: the command line tools alone hold no iOS SDK. xcrun --sdk iphoneos: xcrun: error: SDK "iphoneos" cannot be located.`,
    })
    const none = mac({ 'xcode-select -p': answer(2, 'xcode-select: error: unable to get active developer directory') })
    expect(await iosTools(none, targets, '')).toMatchObject({
      state: 'missing',
      detail: expect.stringContaining('unable to get'),
    })
  })

  test('Xcode there, and the wrapper of Go', async () => {
    const goroot = await makeFolder({ 'misc/ios/clangwrap.sh': '' })
    const there = mac({
      'xcode-select -p': answer(0, '/Applications/Xcode.app/Contents/Developer\n'),
      'xcrun --sdk iphoneos --show-sdk-path': answer(0, '/sdk'),
    })
    expect(await iosTools(there, targets, goroot)).toMatchObject({
      state: 'ready',
      compilers: { 'ios/arm64': path.join(goroot, 'misc', 'ios', 'clangwrap.sh') },
    })
  })
})
