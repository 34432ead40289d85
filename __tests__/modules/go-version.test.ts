import { describe, expect, test } from '@jest/globals'

import {
  compareGoVersions,
  isGoVersion,
  isLanguageVersion,
  isPrerelease,
  languageVersion,
} from '../../src/modules/go-version.ts'

describe("Go's order", () => {
  test('a sorted list stays sorted, from any start', () => {
    const sorted = [
      'nonsense',
      '1.4',
      '1.9rc1',
      '1.9',
      '1.20',
      '1.21',
      '1.21rc1',
      '1.21rc2',
      '1.21.0',
      '1.21.3',
      '1.21.10',
      '1.22',
      '1.99999999999',
    ]
    expect(sorted.toReversed().sort(compareGoVersions)).toEqual(sorted)
  })

  test.each([
    ['go1.21.3', '1.21.3'],
    ['1.20', '1.20.0'],
    ['1', '1.0.0'],
    ['go1.21.3-custom', 'go1.21.3'],
    ['go1.21.3 X:loopvar', '1.21.3'],
    ['nonsense', ''],
  ])('%s equals %s', (a, b) => {
    expect(compareGoVersions(a, b)).toBe(0)
  })

  test('1.21 is a language and older than its first release; 1.20 is its own first release', () => {
    expect(compareGoVersions('1.21', '1.21.0')).toBeLessThan(0)
    expect(isLanguageVersion('1.21')).toBe(true)
    expect(isLanguageVersion('1.20')).toBe(false)
    expect(isLanguageVersion('go1.21.0')).toBe(false)
    expect(isLanguageVersion('1.27rc1')).toBe(false)
  })
})

test.each(['1.21', 'go1.21.3', '1.21rc2', '1.9beta1', '1'])('%s is a version', (version) => {
  expect(isGoVersion(version)).toBe(true)
})
test.each([
  '',
  'go',
  'v1.21',
  '01.2',
  '1.02',
  '1.21.3rc1',
  '1.21.',
  '1.21.3.4',
  '1.21RC1',
  '1.21-rc1',
  'local',
  'default',
])('%j is none', (version) => {
  expect(isGoVersion(version)).toBe(false)
})

test('language and pre-release', () => {
  expect(languageVersion('go1.21.3')).toBe('1.21')
  expect(languageVersion('1.27rc1')).toBe('1.27')
  expect(languageVersion('x')).toBe('')
  expect(isPrerelease('1.27rc1')).toBe(true)
  expect(isPrerelease('1.27.0')).toBe(false)
})
