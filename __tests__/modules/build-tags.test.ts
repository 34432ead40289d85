import { describe, expect, test } from '@jest/globals'

import { knownNames } from '../../src/modules/build-constraint.ts'
import { isNeverCompiled, readConstraint, tagSets, type ConstrainedFile } from '../../src/modules/build-tags.ts'

const ports = ['linux/amd64', 'linux/arm64', 'windows/amd64', 'darwin/arm64', 'js/wasm'].map((name) => {
  const [goos = '', goarch = ''] = name.split('/')
  return { goos, goarch }
})
const builds = { ports, goMinor: 26 }
const known = knownNames(ports)

const file = (name: string, constraint?: string): ConstrainedFile => {
  const found = readConstraint(
    name,
    `${constraint === undefined ? '' : `//go:build ${constraint}\n\n`}package x\n`,
    known,
  )
  if (found === undefined) throw new Error(`${name} has no constraint`)
  return found
}

describe('readConstraint', () => {
  test('the tags that a module made up, not those of ports, the toolchain and releases', () => {
    expect(file('a/x_linux.go', '(sqlite && !netgo) || cgo || race || go1.21 || amd64.v3 || windows')).toMatchObject({
      file: 'a/x_linux.go',
      constraint: '_linux.go, //go:build (sqlite && !netgo) || cgo || race || go1.21 || amd64.v3 || windows',
      tags: ['sqlite', 'netgo'],
    })
    expect(readConstraint('x.go', '// +build foo,linux bar\n\npackage x\n', known)?.tags).toEqual(['foo', 'bar'])
  })

  test.each<[string, string]>([
    ['plain.go', 'package x\n'],
    ['gen.go', '//go:build ignore\n\npackage x\n'],
    ['dev.go', '//go:build tools\n\npackage x\n'],
    ['tools.go', '//go:build devtools\n\npackage x\n'],
  ])('%s asks for nothing', (name, source) => {
    expect(readConstraint(name, source, known)).toBeUndefined()
  })
})

describe('tagSets', () => {
  const sets = (constraints: readonly string[], base: readonly string[] = []): readonly string[] =>
    tagSets(
      constraints.map((one, index) => file(`f${index}.go`, one)),
      builds,
      base,
    ).map((set) => set.join('+'))

  test.each<[string, readonly string[], readonly string[]]>([
    ['a tag alone, whichever way it is asked for', ['foo', '!foo && linux'], ['foo']],
    ['both of two', ['foo && bar'], ['bar', 'foo', 'foo+bar']],
    ['either of two', ['foo || bar'], ['bar', 'foo']],
    ['both, but on some ports only', ['linux || (foo && bar)'], ['bar', 'foo', 'foo+bar']],
    ['one without the other', ['foo && !bar'], ['bar', 'foo']],
    ['three', ['a && (b || c)'], ['a', 'b', 'c', 'a+b', 'a+c']],
    ['what can never be is not tried together', ['foo && bar && linux && windows'], ['bar', 'foo']],
    ['tags of most files first', ['z', 'z && linux', 'a'], ['z', 'a']],
  ])('%s', (_, constraints, wanted) => {
    expect(sets(constraints)).toEqual(wanted)
  })

  test('what other compilers set', () => {
    expect(sets(['tinygo || (appengine && foo)', 'm68k'])).toEqual(['foo'])
  })

  test('tags that are set anyway', () => {
    expect(sets(['foo && bar'], ['foo'])).toEqual(['bar'])
  })
})

describe('isNeverCompiled', () => {
  test.each<[string, string | undefined, boolean]>([
    ['x.go', 'linux && windows', true],
    ['x_nacl.go', undefined, true],
    ['x_windows.go', 'linux', true],
    ['x.go', 'foo && !foo', true],
    ['x.go', '!go1.20', true],
    ['x.go', '!go1.23', false],
    ['x.go', 'go1.99', false],
    ['x_linux.go', 'a && !b && race', false],
    ['x.go', 'foo && !bar', false],
    ['x.go', 'gccgo', false],
    ['x.go', 'race || msan', false],
    ['x.go', 'tinygo', false],
    ['x.go', 'goexperiment.simd && amd64.v3', false],
    ['x.go', 'cgo && linux', false],
    ['x_js.go', undefined, false],
  ])('%s with %s: %s', (name, constraint, never) => {
    expect(isNeverCompiled(file(name, constraint), builds, 22)).toBe(never)
  })
})
