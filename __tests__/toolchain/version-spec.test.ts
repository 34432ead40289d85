import { describe, expect, test } from '@jest/globals'

import {
  fromSemver,
  newestMatch,
  parseVersionSpec,
  satisfiesSpec,
  specForGoVersion,
  toSemver,
} from '../../src/toolchain/version-spec.ts'

const releases = [
  '1.27rc1',
  '1.26.8',
  '1.26.0',
  '1.26rc2',
  '1.25.4',
  '1.25.12',
  '1.24.9',
  '1.21.0',
  '1.20',
  '1.20.14',
  '1.4.3',
]

describe('go-version', () => {
  test.each([
    ['1.25.4', '1.25.4'],
    ['go1.25.4', '1.25.4'],
    ['v1.25.4', '1.25.4'],
    [' 1.25.4 ', '1.25.4'],
    ['1.25', '1.25.12'],
    ['go1.25', '1.25.12'],
    ['1.25.x', '1.25.12'],
    ['~1.25.4', '1.25.12'],
    ['^1.21', '1.26.8'],
    ['>=1.21 <1.25', '1.24.9'],
    ['>=1.21.0 <=1.25.4', '1.25.4'],
    ['1.20 || 1.24', '1.24.9'],
    ['>=go1.24', '1.26.8'],
    ['1', '1.26.8'],
    ['1.x', '1.26.8'],
    ['*', '1.26.8'],
    ['1.20.0', '1.20'],
    ['1.27rc1', '1.27rc1'],
    ['go1.27rc1', '1.27rc1'],
    ['1.27.0-rc.1', '1.27rc1'],
    ['1.27.0-rc1', '1.27rc1'],
    ['>=1.27.0-rc.1', '1.27rc1'],
    ['>=1.27rc1', '1.27rc1'],
    ['stable', '1.26.8'],
    ['oldstable', '1.25.12'],
    ['1.4.x', '1.4.3'],
    ['1.19', undefined],
    ['1.99.0', undefined],
  ])('%s means %s', (text, version) => {
    expect(newestMatch(parseVersionSpec(text), releases.toSorted())).toBe(version)
  })

  test.each(['1.1', '1.2', '1.3', '1.9'])('%s, which YAML makes of an unquoted number, gets a hint', (text) => {
    expect(() => parseVersionSpec(text)).toThrow(`Write go-version: '${text}0', in quotes`)
  })

  test('the hint is for workflows alone', () => {
    expect(parseVersionSpec('1.2', '.go-version:1:')).toMatchObject({ kind: 'range' })
    expect(parseVersionSpec('1.20')).toMatchObject({ kind: 'range' })
  })

  test.each(['latest', 'local', 'abc', '', '1.2.3.4', '1.25.4 and more', '../1.25', '$(id)', 'x'.repeat(10_000)])(
    '%j is refused',
    (text) => {
      expect(() => parseVersionSpec(text)).toThrow(/is no version of Go/)
    },
  )

  test('an exact version is that release and no other', () => {
    expect(satisfiesSpec(parseVersionSpec('1.25.4'), 'go1.25.4')).toBe(true)
    expect(satisfiesSpec(parseVersionSpec('1.25.4'), '1.25.12')).toBe(false)
    expect(satisfiesSpec(parseVersionSpec('1.25.4'), '1.25.4-1')).toBe(false)
    expect(satisfiesSpec(parseVersionSpec('stable'), '1.26.8')).toBe(false)
    expect(satisfiesSpec(parseVersionSpec('1.25'), '')).toBe(false)
  })

  test('stable and oldstable know no pre-releases', () => {
    expect(newestMatch(parseVersionSpec('stable'), ['1.27rc1'])).toBeUndefined()
    expect(newestMatch(parseVersionSpec('oldstable'), ['1.26.8', '1.26.7'])).toBeUndefined()
    expect(newestMatch(parseVersionSpec('oldstable'), ['1.30.0', '1.9.7', '1.29.1', '1.29.10'])).toBe('1.29.10')
  })
})

describe('go and toolchain lines', () => {
  test.each([
    ['1.22', 'range', '~1.22.0'],
    ['1.20', 'range', '~1.20.0'],
    ['1.22.0', 'exact', '1.22.0'],
    ['go1.26.8', 'exact', '1.26.8'],
    ['1.27rc1', 'exact', '1.27rc1'],
    ['go1.21.3-custom', 'exact', '1.21.3'],
  ])('%s', (version, kind, value) => {
    const spec = specForGoVersion(version)
    expect(spec.kind).toBe(kind)
    expect(spec.kind === 'range' ? spec.range : spec.kind === 'exact' ? spec.version : '').toBe(value)
  })
})

describe("Go's names and semver's", () => {
  test.each([
    ['1.20', '1.20.0'],
    ['1.21.0', '1.21.0'],
    ['1.26.8', '1.26.8'],
    ['1.27rc1', '1.27.0-rc.1'],
    ['1.19beta1', '1.19.0-beta.1'],
    ['1.25.0-1', '1.25.0-1'],
  ])('%s is %s', (go, semver) => {
    expect(toSemver(go)).toBe(semver)
    expect(toSemver(`go${go}`)).toBe(semver)
    expect(fromSemver(semver)).toBe(go)
  })

  test('what is no release', () => {
    for (const bad of ['', 'go', 'x', '1.2.3.4', '../1', '1.02']) expect(toSemver(bad)).toBeUndefined()
  })
})
