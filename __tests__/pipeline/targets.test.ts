import { describe, expect, test } from '@jest/globals'

import { parseTargetSelector, type TargetSelector } from '../../src/config/targets.ts'
import { formatTarget, type Port } from '../../src/domain/port.ts'
import { resolveTargets } from '../../src/pipeline/targets.ts'

const ports: readonly Port[] = [
  { goos: 'darwin', goarch: 'arm64', cgoSupported: true, firstClass: true },
  { goos: 'js', goarch: 'wasm', cgoSupported: false, firstClass: false },
  { goos: 'linux', goarch: 'amd64', cgoSupported: true, firstClass: true },
  { goos: 'linux', goarch: 'arm', cgoSupported: true, firstClass: true },
]
const host = { goos: 'linux', goarch: 'amd64' }

function selectors(...words: string[]): readonly TargetSelector[] {
  return words.map((word) => {
    const selector = parseTargetSelector(word)
    if (typeof selector === 'string') throw new Error(selector)
    return selector
  })
}

describe('resolveTargets', () => {
  test('groups come from the ports of the toolchain', () => {
    const names = (...words: string[]): readonly string[] =>
      resolveTargets(selectors(...words), ports, host, undefined).map(({ target }) => formatTarget(target))
    expect(names('host')).toEqual(['linux/amd64'])
    expect(names('first-class')).toEqual(['darwin/arm64', 'linux/amd64', 'linux/arm'])
    expect(names('host', 'all', 'linux/arm/6')).toEqual([
      'linux/amd64',
      'darwin/arm64',
      'js/wasm',
      'linux/arm',
      'linux/arm/6',
    ])
  })

  test('a target of the group all is not a named one, unless it is named too', () => {
    const named = resolveTargets(selectors('all', 'linux/arm'), ports, host, undefined).filter((one) => one.named)
    expect(named.map(({ target }) => formatTarget(target))).toEqual(['linux/arm'])
  })

  test('cgo is never switched on where the port has none', () => {
    const planned = resolveTargets(selectors('js/wasm', 'linux/arm'), ports, host, true)
    expect(planned.map(({ target }) => target.cgo)).toEqual([false, true])
  })

  test('names every port that is not there, with what may have been meant', () => {
    expect(() =>
      resolveTargets(selectors('linux/x86_64', 'macos/arm64', 'linux/mips64'), ports, host, undefined),
    ).toThrow(
      /no port linux\/x86_64; did you mean linux\/amd64\?\n.*macos\/arm64; did you mean darwin\/arm64\?\n.*linux\/mips64; linux has amd64, arm/,
    )
  })

  test('a level that this Go does not know yet is refused before anything is built', () => {
    const plan = (version: string): unknown =>
      resolveTargets(selectors('linux/arm/7,softfloat'), ports, host, undefined, version)
    expect(() => plan('go1.21.13')).toThrow(/linux\/arm\/7,softfloat: Go knows 7,softfloat since 1\.22.*go1\.21\.13/)
    expect(plan('go1.26.8')).toMatchObject([{ target: { level: '7,softfloat' } }])
  })
})
