import { describe, expect, test } from '@jest/globals'

import { nameAndCountPorts, namePorts } from '../../src/domain/port-set.ts'

// `go tool dist list` of Go 1.26.
const all = `aix/ppc64 android/386 android/amd64 android/arm android/arm64 darwin/amd64 darwin/arm64 dragonfly/amd64
  freebsd/386 freebsd/amd64 freebsd/arm freebsd/arm64 illumos/amd64 ios/amd64 ios/arm64 js/wasm linux/386 linux/amd64
  linux/arm linux/arm64 linux/loong64 linux/mips linux/mips64 linux/mips64le linux/mipsle linux/ppc64 linux/ppc64le
  linux/riscv64 linux/s390x netbsd/386 netbsd/amd64 netbsd/arm netbsd/arm64 openbsd/386 openbsd/amd64 openbsd/arm
  openbsd/arm64 openbsd/ppc64 openbsd/riscv64 plan9/386 plan9/amd64 plan9/arm solaris/amd64 wasip1/wasm windows/386
  windows/amd64 windows/arm64`.split(/\s+/)

const where = (keep: RegExp): readonly string[] => all.filter((port) => keep.test(port))
const but = (leave: RegExp): readonly string[] => all.filter((port) => !leave.test(port))

describe('a set of ports in words', () => {
  const cases: readonly (readonly [string, readonly string[], string])[] = [
    ['one port', ['linux/riscv64'], 'linux/riscv64'],
    ['the one port of a system', ['js/wasm'], 'js'],
    ['two ports', ['linux/arm', 'windows/386'], 'linux/arm and windows/386'],
    ['whole systems', where(/^(?:windows|plan9|js|wasip1)\//), 'windows, plan9, js and wasip1'],
    ['all narrow ports', where(/\/(?:386|arm|mips|mipsle)$/), '32-bit ports'],
    ['the narrow ports of a system', where(/^linux\/(?:386|arm|mips|mipsle)$/), '32-bit linux'],
    ['a system without 32-bit ports', where(/^(?:darwin|ios)\//), 'darwin and ios'],
    ['an architecture', where(/\/riscv64$/), 'riscv64 ports'],
    ['an architecture and one more', where(/\/riscv64$|linux\/loong64/), 'riscv64 ports and linux/loong64'],
    ['all systems but one', but(/^windows\//), 'ports other than windows'],
    ['all systems but two', but(/^(?:linux|android)\//), 'ports other than linux and android'],
    ['all ports but one', but(/^linux\/amd64$/), 'ports other than linux/amd64'],
    ['everything', all, 'all 47 ports'],
    ['a family', where(/^(?:dragonfly|freebsd|netbsd|openbsd)\//), 'the BSDs'],
    ['wasm alone', where(/wasm$/), 'js and wasip1'],
  ]
  test.each(cases)('%s', (_, targets, words) => {
    expect(namePorts(targets, all)).toBe(words)
    expect(namePorts([...targets].reverse(), all)).toBe(words)
  })

  test('says nothing of a system that it cannot know whole', () => {
    expect(namePorts(['windows/386', 'windows/amd64'], ['windows/386', 'windows/amd64', 'linux/amd64'])).toBe('windows')
    expect(namePorts(['windows/amd64'], ['windows/amd64', 'linux/amd64'])).toBe('windows/amd64')
    expect(namePorts(['linux/386', 'linux/arm'], [])).toBe('linux/386 and linux/arm')
    expect(namePorts([], all)).toBe('')
    expect(namePorts(['linux/amd64'], ['linux/amd64'])).toBe('linux/amd64')
  })

  test('levels are targets of their own', () => {
    expect(namePorts(['linux/arm/5'], ['linux/arm/5', 'linux/arm/6', 'linux/amd64'])).toBe('linux/arm/5')
  })

  test('holds every member and no other, whatever the set', () => {
    // A small generator with a fixed seed: the same sets on every run.
    let seed = 7
    const random = (): number => (seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648
    for (let round = 0; round < 300; round++) {
      const share = random()
      const set = all.filter(() => random() < share)
      const words = namePorts(set, all)
      expect(words === '').toBe(set.length === 0)
      if (set.length > 0 && !/\d+ more$/.test(words)) expect(meaning(words)).toEqual([...set].sort())
    }
  })

  test('counts where the words do not show how many', () => {
    expect(nameAndCountPorts(where(/\/riscv64$/), all)).toBe('riscv64 ports (2 targets)')
    expect(nameAndCountPorts(['linux/386', 'linux/arm'], all)).toBe('linux/386 and linux/arm')
    expect(nameAndCountPorts(all, all)).toBe('all 47 ports')
    expect(nameAndCountPorts(['linux/386'], all)).toBe('linux/386')
  })
})

/** Reads the words back into the set that they name. */
function meaning(words: string): readonly string[] {
  if (/^all \d+ ports$/.test(words)) return [...all].sort()
  const [, excepted] = /^ports other than ([^]*)$/.exec(words) ?? []
  if (excepted !== undefined) {
    const out = meaning(excepted)
    return all.filter((port) => !out.includes(port)).sort()
  }
  const narrow = /\/(?:386|arm|mips|mipsle)$/
  const found = words.split(/, | and /).flatMap((term) => {
    const [, bits, system] = /^(32|64)-bit (\w+)$/.exec(term) ?? []
    const [, arch] = /^(\w+) ports$/.exec(term) ?? []
    if (term === 'the BSDs') return where(/^(?:dragonfly|freebsd|netbsd|openbsd)\//)
    if (bits !== undefined)
      return all.filter(
        (port) => narrow.test(port) === (bits === '32') && (system === 'ports' || port.startsWith(`${system}/`)),
      )
    if (arch !== undefined) return all.filter((port) => port.endsWith(`/${arch}`))
    return term.includes('/') ? [term] : all.filter((port) => port.startsWith(`${term}/`))
  })
  return [...new Set(found)].sort()
}
