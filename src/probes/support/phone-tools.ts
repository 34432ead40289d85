import path from 'node:path'

import type { PlatformTools } from '../../domain/platform.ts'
import { formatTarget, type Target } from '../../domain/port.ts'
import type { ProcessResult, System } from '../../system/types.ts'

const helperSeconds = 20

/** The NDK's names of its compilers: the triple, before the API level (NDK, Use the NDK with other build systems). */
const triples: Readonly<Record<string, string>> = {
  '386': 'i686-linux-android',
  amd64: 'x86_64-linux-android',
  arm: 'armv7a-linux-androideabi',
  arm64: 'aarch64-linux-android',
}
const prebuilt: Readonly<Record<string, string>> = {
  linux: 'linux-x86_64',
  darwin: 'darwin-x86_64',
  win32: 'windows-x86_64',
}
/** In the order of trust; GitHub's runners set the last two as well (actions/runner-images). */
const ndkVariables = ['ANDROID_NDK_HOME', 'ANDROID_NDK_ROOT', 'ANDROID_NDK', 'ANDROID_NDK_LATEST_HOME']

type Machine = Pick<System, 'files' | 'processes' | 'host' | 'env'>

/** Looks for the Android NDK, and in it the compiler of every target. */
export async function androidTools(machine: Machine, targets: readonly Target[]): Promise<PlatformTools> {
  const host = prebuilt[machine.host.platform]
  if (host === undefined) {
    return { system: 'android', state: 'elsewhere', compilers: {}, detail: 'The NDK runs on Linux, macOS and Windows.' }
  }
  const tried: string[] = []
  for (const ndk of await ndkFolders(machine, tried)) {
    const bin = path.join(ndk, 'toolchains', 'llvm', 'prebuilt', host, 'bin')
    const names = (await machine.files.list(bin).catch(() => [])).map((entry) => entry.name)
    const compilers = Object.fromEntries(
      targets.flatMap((target) => {
        const compiler = clang(names, triples[target.goarch] ?? '', machine.host.platform === 'win32')
        return compiler === undefined ? [] : [[formatTarget(target), path.join(bin, compiler)]]
      }),
    )
    if (Object.keys(compilers).length > 0) return { system: 'android', state: 'ready', where: ndk, compilers }
    tried.push(`${ndk} holds no compiler for Android`)
  }
  return {
    system: 'android',
    state: 'missing',
    compilers: {},
    ...(tried.length === 0 ? {} : { detail: `${tried.slice(0, 3).join('; ')}.` }),
  }
}

async function ndkFolders({ env, files }: Machine, tried: string[]): Promise<readonly string[]> {
  const folders: string[] = []
  for (const name of ndkVariables) {
    const value = env[name]
    if (value === undefined || value === '') continue
    if ((await files.stat(value))?.kind === 'dir') folders.push(value)
    else tried.push(`${name} names ${value}, which is no folder`)
  }
  for (const name of ['ANDROID_HOME', 'ANDROID_SDK_ROOT']) {
    const sdk = env[name]
    if (sdk === undefined || sdk === '') continue
    const versions = await files.list(path.join(sdk, 'ndk')).catch(() => [])
    // Newest first: versions such as 27.2.12479018.
    const sorted = versions.map((entry) => entry.name).sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))
    folders.push(...sorted.map((version) => path.join(sdk, 'ndk', version)))
  }
  return [...new Set(folders)]
}

/** The compiler for the oldest API level that the NDK has: what it makes runs on every later one. */
function clang(names: readonly string[], triple: string, windows: boolean): string | undefined {
  const suffix = windows ? '-clang.cmd' : '-clang'
  const level = (name: string): number => Number(name.slice(triple.length, -suffix.length))
  return names
    .filter((name) => triple !== '' && name.startsWith(triple) && name.endsWith(suffix) && level(name) > 0)
    .sort((a, b) => level(a) - level(b))[0]
}

/** Asks Xcode for the SDKs that iOS targets need; nowhere but on macOS. */
export async function iosTools(machine: Machine, targets: readonly Target[], goroot: string): Promise<PlatformTools> {
  if (machine.host.platform !== 'darwin') {
    return {
      system: 'ios',
      state: 'elsewhere',
      compilers: {},
      detail: 'The iOS SDK is part of Xcode, which runs on macOS alone.',
    }
  }
  const selected = await run(machine, 'xcode-select', ['-p'])
  if (selected.exitCode !== 0) return missing(`xcode-select -p: ${said(selected)}`)
  const folder = selected.stdout.text.trim()
  // ios/amd64 is the simulator; GOROOT/misc/ios/clangwrap.sh uses its SDK unless it is changed.
  const sdks = [...new Set(targets.map((target) => (target.goarch === 'amd64' ? 'iphonesimulator' : 'iphoneos')))]
  for (const sdk of sdks) {
    const found = await run(machine, 'xcrun', ['--sdk', sdk, '--show-sdk-path'])
    if (found.exitCode === 0) continue
    const tools = folder.includes('CommandLineTools')
      ? `${folder} is selected: the command line tools alone hold no iOS SDK. `
      : `${folder} is selected. `
    return missing(`${tools}xcrun --sdk ${sdk}: ${said(found)}`)
  }
  const wrapper = path.join(goroot, 'misc', 'ios', 'clangwrap.sh')
  const there = (await machine.files.stat(wrapper)) !== undefined
  return {
    system: 'ios',
    state: 'ready',
    where: folder,
    compilers: there ? Object.fromEntries(targets.map((target) => [formatTarget(target), wrapper])) : {},
  }
}

function missing(detail: string): PlatformTools {
  return { system: 'ios', state: 'missing', compilers: {}, detail: detail.endsWith('.') ? detail : `${detail}.` }
}

function run(machine: Machine, program: string, args: readonly string[]): Promise<ProcessResult> {
  return machine.processes.run({
    argv: [program, ...args],
    cwd: machine.host.tempDir,
    timeoutSeconds: helperSeconds,
  })
}

function said(result: ProcessResult): string {
  if (result.spawnError !== undefined) return `it cannot be started (${result.spawnError})`
  if (result.timedOut) return `no answer within ${helperSeconds} seconds`
  const line = (result.stderr.text.trim() || result.stdout.text.trim()).split('\n')[0]?.slice(0, 200)
  return line === undefined || line === '' ? `exit code ${result.exitCode ?? 'unknown'}` : line
}
