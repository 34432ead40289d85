import { describe, expect, test } from '@jest/globals'

import {
  archiveName,
  distributionArch,
  goArch,
  goBinaryName,
  releaseOfModuleVersion,
  toolchainModuleVersion,
} from '../../src/toolchain/platform.ts'

describe('names of machines', () => {
  test.each([
    ['linux', 'x64', 'go1.26.8.linux-amd64.tar.gz', 'v0.0.1-go1.26.8.linux-amd64'],
    ['linux', 'arm64', 'go1.26.8.linux-arm64.tar.gz', 'v0.0.1-go1.26.8.linux-arm64'],
    ['linux', 'arm', 'go1.26.8.linux-armv6l.tar.gz', 'v0.0.1-go1.26.8.linux-arm'],
    ['linux', 'armv6l', 'go1.26.8.linux-armv6l.tar.gz', 'v0.0.1-go1.26.8.linux-arm'],
    ['linux', 'ia32', 'go1.26.8.linux-386.tar.gz', 'v0.0.1-go1.26.8.linux-386'],
    ['linux', 'ppc64', 'go1.26.8.linux-ppc64le.tar.gz', 'v0.0.1-go1.26.8.linux-ppc64le'],
    ['linux', 's390x', 'go1.26.8.linux-s390x.tar.gz', 'v0.0.1-go1.26.8.linux-s390x'],
    ['darwin', 'arm64', 'go1.26.8.darwin-arm64.tar.gz', 'v0.0.1-go1.26.8.darwin-arm64'],
    ['win32', 'x64', 'go1.26.8.windows-amd64.zip', 'v0.0.1-go1.26.8.windows-amd64'],
    ['win32', 'x86', 'go1.26.8.windows-386.zip', 'v0.0.1-go1.26.8.windows-386'],
    ['win32', 'arm64', 'go1.26.8.windows-arm64.zip', 'v0.0.1-go1.26.8.windows-arm64'],
  ])('%s %s', (platform, arch, archive, moduleVersion) => {
    expect(archiveName('1.26.8', { platform, arch })).toBe(archive)
    expect(toolchainModuleVersion('1.26.8', { platform, arch })).toBe(moduleVersion)
    expect(releaseOfModuleVersion(moduleVersion, { platform, arch })).toBe('1.26.8')
  })

  test('another machine is not this one', () => {
    const here = { platform: 'linux', arch: 'arm' }
    expect(releaseOfModuleVersion('v0.0.1-go1.26.8.linux-arm64', here)).toBeUndefined()
    expect(releaseOfModuleVersion('v0.0.1-go1.26.8.darwin-arm', here)).toBeUndefined()
    expect(releaseOfModuleVersion('v0.0.2-go1.26.8.linux-arm', here)).toBeUndefined()
  })

  test('aliases, any case, and what is none', () => {
    expect(goArch('X64')).toBe('amd64')
    expect(goArch('aarch64')).toBe('arm64')
    expect(goArch('riscv64')).toBe('riscv64')
    expect(goArch('constructor')).toBe('constructor')
    expect(distributionArch('armv7l')).toBe('armv6l')
    for (const bad of ['', '../x', 'x 64', 'a'.repeat(30)]) expect(() => goArch(bad)).toThrow('architecture')
  })

  test('the go command', () => {
    expect(goBinaryName('win32')).toBe('go.exe')
    expect(goBinaryName('darwin')).toBe('go')
  })
})
