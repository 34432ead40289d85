import { describe, expect, test } from '@jest/globals'

import {
  fileConstraint,
  fileNameTags,
  knownNames,
  parseConstraint,
  tagsOf,
} from '../../src/modules/build-constraint.ts'

const linux = { goos: 'linux', goarch: 'amd64', cgo: false, tags: ['mine'], goMinor: 22 }

describe('parseConstraint', () => {
  test.each([
    ['linux', true],
    ['!linux', false],
    ['linux && cgo', false],
    ['linux && !cgo', true],
    ['windows || linux && amd64', true],
    ['(windows || linux) && !(arm64 || cgo)', true],
    ['!!linux', true],
    ['unix', true],
    ['gc && go1.22', true],
    ['go1.23', false],
    ['mine && !yours', true],
    ['ignore', false],
    ['amd64.v1', true],
    ['amd64.v3', false],
  ])('%s', (text, expected) => {
    expect(parseConstraint(text)?.(tagsOf(linux))).toBe(expected)
  })

  test.each(['', 'a b', 'a &&', '(a', 'a)', '!', 'a & b', '-x', 'a'.repeat(1001), '('.repeat(900)])(
    'no constraint: %.20s',
    (text) => {
      expect(parseConstraint(text)).toBeUndefined()
    },
  )
})

describe('tagsOf', () => {
  test('android is linux, ios darwin, illumos solaris; plan9 and windows are not unix', () => {
    const has = (goos: string, tag: string) => tagsOf({ ...linux, goos })(tag)
    expect([has('android', 'linux'), has('ios', 'darwin'), has('illumos', 'solaris')]).toEqual([true, true, true])
    expect([has('plan9', 'unix'), has('windows', 'unix'), has('aix', 'unix'), has('js', 'unix')]).toEqual([
      false,
      false,
      true,
      false,
    ])
  })

  test('levels', () => {
    expect(tagsOf({ ...linux, level: 'v3' })('amd64.v2')).toBe(true)
    expect(tagsOf({ ...linux, goarch: 'arm', level: '6' })('arm.7')).toBe(false)
  })
})

describe('fileConstraint', () => {
  const holds = (source: string) => fileConstraint(source)?.holds(tagsOf(linux))

  test('stands above the package clause, after comments', () => {
    expect(holds('// Copyright\n/* long\n//go:build windows\n*/\n\n//go:build linux\n\npackage x\n')).toBe(true)
    expect(holds('package x\n\n//go:build windows\n')).toBeUndefined()
    expect(fileConstraint('//go:build windows\r\n\r\npackage x')?.text).toBe('//go:build windows')
  })

  test('old lines: and between lines, or between words, and between commas', () => {
    expect(holds('// +build linux,!cgo windows\n// +build amd64\n\npackage x')).toBe(true)
    expect(holds('// +build linux\n// +build arm64\n\npackage x')).toBe(false)
    expect(holds('//go:build linux\n// +build windows\n\npackage x')).toBe(true)
  })
})

describe('fileNameTags', () => {
  const known = knownNames([linux, { goos: 'windows', goarch: 'arm64' }])
  test.each([
    ['x_linux.go', ['linux']],
    ['x_linux_amd64.go', ['linux', 'amd64']],
    ['x_windows_test.go', ['windows']],
    ['x_arm64.go', ['arm64']],
    ['linux.go', []],
    ['linux_test.go', []],
    ['x_unix.go', []],
    ['x_amd64_linux.go', ['linux']],
    ['x_zos.go', ['zos']],
    ['x_sparc64.s.go', ['sparc64']],
  ])('%s', (name, tags) => {
    expect(fileNameTags(name, known)).toEqual(tags)
  })
})
