import { describe, expect, test } from '@jest/globals'

import { majorMismatch, splitPathMajor } from '../../src/modules/path-major.ts'
import {
  canonicalVersion,
  compareSemver,
  isIncompatible,
  isPseudoVersion,
  isSemver,
  majorOf,
  parsePseudoVersion,
  prereleaseOf,
} from '../../src/modules/semver.ts'

describe('isSemver', () => {
  test.each(['v0', 'v1', 'v1.2', 'v1.2.3', 'v1.2.3-0', 'v1.2.3-rc.1-x+meta.01', 'v2.0.0+incompatible'])(
    'accepts %s',
    (version) => {
      expect(isSemver(version)).toBe(true)
    },
  )
  test.each([
    '',
    'v',
    '1.2.3',
    'V1.2.3',
    'v01',
    'v1.02.0',
    'v1.2.3.4',
    'v1-rc',
    'v1.2+meta',
    'v1.2.3-',
    'v1.2.3-01',
    'v1.2.3-a..b',
    'v1.2.3+',
    'v1.2.3+a+b',
    'v1.2.3-é',
    'v1.2.3 ',
    'v1.x',
    'master',
  ])('refuses %j', (version) => {
    expect(isSemver(version)).toBe(false)
  })
})

describe('compareSemver', () => {
  test('orders as Go does, prereleases field by field', () => {
    const ordered = [
      'bad',
      'v0.0.0-20200101000000-abcdefabcdef',
      'v0.0.0',
      'v1.0.0-alpha',
      'v1.0.0-alpha.1',
      'v1.0.0-alpha.beta',
      'v1.0.0-beta',
      'v1.0.0-beta.2',
      'v1.0.0-beta.11',
      'v1.0.0-rc.1',
      'v1',
      'v1.0.1-0.20200101000000-abcdefabcdef',
      'v1.0.1',
      'v1.9.0',
      'v1.10.0',
      'v2.0.0',
      'v10',
      'v9007199254740993.0.0',
      'v9007199254740994.0.0',
    ]
    for (const [i, a] of ordered.entries()) {
      for (const [j, b] of ordered.entries()) {
        expect([a, b, compareSemver(a, b)]).toEqual([a, b, Math.sign(i - j)])
      }
    }
  })

  test('leaves build metadata out, and takes short forms for full ones', () => {
    expect(compareSemver('v2.0.0+incompatible', 'v2.0.0')).toBe(0)
    expect(compareSemver('v1', 'v1.0.0')).toBe(0)
    expect(compareSemver('', 'x')).toBe(0)
  })
})

test('parts of a version', () => {
  expect(majorOf('v12.3.4-rc.1')).toBe('v12')
  expect(majorOf('12')).toBeUndefined()
  expect(prereleaseOf('v1.2.3-rc.1+x')).toBe('-rc.1')
  expect(isIncompatible('v2.0.0+incompatible')).toBe(true)
  expect(isIncompatible('v2.0.0+incompatible.1')).toBe(false)
  expect(canonicalVersion('v1')).toBe('v1.0.0')
  expect(canonicalVersion('v1.2.3+meta')).toBe('v1.2.3')
  expect(canonicalVersion('v2.0.0+incompatible')).toBe('v2.0.0+incompatible')
})

describe('pseudo-versions', () => {
  test.each([
    'v0.0.0-20191109021931-daa7c04131f5',
    'v1.2.4-0.20191109021931-daa7c04131f5',
    'v1.2.3-pre.0.20191109021931-daa7c04131f5',
    'v2.0.1-0.20191109021931-daa7c04131f5+incompatible',
  ])('%s is one', (version) => {
    expect(parsePseudoVersion(version)).toEqual({ time: '20191109021931', revision: 'daa7c04131f5' })
  })
  test.each([
    'v1.2.3-20191109021931-daa7c04131f5',
    'v0.0.1-20191109021931-daa7c04131f5',
    'v1.2.3-pre.20191109021931-daa7c04131f5',
    'v0.0.0-2019110902193-daa7c04131f5',
    'v1.2.3-rc.1',
    'v1.2.3',
    'v0.0.0-20191109021931',
  ])('%s is none', (version) => {
    expect(isPseudoVersion(version)).toBe(false)
  })
})

describe('major version of a path', () => {
  test.each([
    ['example.com/a', ''],
    ['example.com/a/v2', '/v2'],
    ['example.com/a/v12', '/v12'],
    ['example.com/v2x', ''],
    ['v2', ''],
    ['gopkg.in/yaml.v3', '.v3'],
    ['gopkg.in/user/x.v0', '.v0'],
    ['gopkg.in/x.v2-unstable', '.v2-unstable'],
  ])('%s', (path, major) => {
    expect(splitPathMajor(path)?.major).toBe(major)
  })
  test.each(['a.b/v1', 'a.b/v0', 'a.b/v02', 'a.b/v1.2', 'gopkg.in/yaml', 'gopkg.in/x.v02'])('%s is refused', (path) => {
    expect(splitPathMajor(path)).toBeUndefined()
  })
  test.each([
    ['', 'v1.0.0', undefined],
    ['', 'v2.0.0+incompatible', undefined],
    ['', 'v2.0.0', 'v0 or v1'],
    ['/v2', 'v2.1.0', undefined],
    ['/v2', 'v1.0.0', 'v2'],
    ['.v2-unstable', 'v2.0.0', undefined],
    ['.v1', 'v0.0.0-20161208181325-20d25e280405', undefined],
    ['.v2', 'v0.0.0-20161208181325-20d25e280405', 'v2'],
  ])('path major %j with %s', (major, version, wanted) => {
    expect(majorMismatch(major, version)).toBe(wanted)
  })
})
