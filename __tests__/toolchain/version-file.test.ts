import { describe, expect, test } from '@jest/globals'

import { parseVersionFile } from '../../src/toolchain/version-file.ts'

const read = (file: string, text: string): { text: string; reason: string } => {
  const { spec, reason } = parseVersionFile(file, text)
  return { text: spec.kind === 'range' ? spec.range : spec.kind === 'exact' ? spec.version : spec.alias, reason }
}

describe('go-version-file', () => {
  test('go.mod: toolchain before go', () => {
    const text = 'module example.com/m\n\ngo 1.24\n\ntoolchain go1.26.8\n'
    expect(read('a/go.mod', text)).toEqual({ text: '1.26.8', reason: 'toolchain go1.26.8 in a/go.mod:5' })
    expect(read('go.mod', 'module m\ngo 1.24.0\n')).toEqual({ text: '1.24.0', reason: 'go 1.24.0 in go.mod:2' })
    expect(read('go.mod', 'module m\ngo 1.24\ntoolchain default\n').text).toBe('~1.24.0')
    expect(read('go.mod', 'module m\ngo 1.27rc1\n').text).toBe('1.27rc1')
  })

  test('go.work the same', () => {
    expect(read('C:\\repo\\go.work', 'go 1.24\ntoolchain go1.25.1\nuse ./a\n').text).toBe('1.25.1')
    expect(read('go.work', 'go 1.24.1\n').text).toBe('1.24.1')
  })

  test('.go-version', () => {
    expect(read('.go-version', '1.26.8\n').text).toBe('1.26.8')
    expect(read('x/.go-version', '\uFEFF# why\r\n go1.26 # newest\r\n')).toEqual({
      text: '>=1.26.0 <1.27.0-0',
      reason: 'go1.26 in x/.go-version',
    })
    expect(read('.go-version', 'stable').text).toBe('stable')
  })

  test('.tool-versions of asdf and mise', () => {
    expect(read('.tool-versions', 'nodejs 24.0.0\ngolang 1.26.8 1.25.1 # both\n')).toEqual({
      text: '1.26.8',
      reason: '1.26.8 in .tool-versions:2',
    })
    expect(read('.tool-versions', 'go\t1.26rc1').text).toBe('1.26rc1')
    expect(read('.tool-versions', 'golang latest').text).toBe('stable')
    expect(read('.tool-versions', 'golang latest:1.25').text).toBe('>=1.25.0 <1.26.0-0')
  })

  test.each([
    ['Gopkg.lock', 'x', 'those that are: go.mod, go.work, .go-version and .tool-versions'],
    ['go.mod', 'module m\n', 'go.mod has no go line'],
    ['go.mod', 'module m\ngo nonsense\n', 'go.mod'],
    ['.go-version', '# nothing\n', '.go-version is empty'],
    ['.go-version', '\nlatest\n', '.go-version:2: "latest" is no version'],
    ['.tool-versions', 'nodejs 24\n', 'no line for golang or go'],
    ['.tool-versions', 'golang system\n', '.tool-versions:1:'],
    ['.tool-versions', 'golang ref:main\n', 'names no version'],
    ['.tool-versions', 'golang\n', 'names no version'],
  ])('%s with %j is an error that says so', (file, text, message) => {
    expect(() => parseVersionFile(file, text)).toThrow(message)
  })
})
