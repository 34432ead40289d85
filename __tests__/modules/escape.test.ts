import { describe, expect, test } from '@jest/globals'

import { escapePath, escapeVersion, unescapePath, unescapeVersion } from '../../src/modules/escape.ts'

describe('module paths as file names', () => {
  test.each([
    ['github.com/BurntSushi/toml', 'github.com/!burnt!sushi/toml'],
    ['golang.org/x/net', 'golang.org/x/net'],
    ['gopkg.in/yaml.v3', 'gopkg.in/yaml.v3'],
    ['example.com/a_b~c/v2', 'example.com/a_b~c/v2'],
  ])('%s', (plain, escaped) => {
    expect(escapePath(plain)).toBe(escaped)
    expect(unescapePath(escaped)).toBe(plain)
  })

  test.each([
    '',
    '../etc',
    'example.com/../../x',
    '/abs',
    'example.com//x',
    'example.com/',
    'nodot/x',
    'Example.com/x',
    'example.com/a b',
    'example.com/!x',
    'example.com/x?y',
    '-x.com/a',
    'example.com/.hidden',
    'example.com\\x',
  ])('refuses %j', (path) => {
    expect(() => escapePath(path)).toThrow('is no module path')
  })

  test('versions', () => {
    expect(escapeVersion('v1.0.0-RC1')).toBe('v1.0.0-!r!c1')
    expect(unescapeVersion('v1.0.0-!r!c1')).toBe('v1.0.0-RC1')
    expect(escapeVersion('v2.0.0+incompatible')).toBe('v2.0.0+incompatible')
    for (const bad of ['', '../v1', 'v1/..', 'v1!', 'v1 0', '..'])
      expect(() => escapeVersion(bad)).toThrow('no module version')
  })

  test.each(['github.com/!Burnt', 'github.com/BurntSushi', 'github.com/a!', 'github.com/!1'])(
    '%s was never escaped',
    (text) => {
      expect(unescapePath(text)).toBeUndefined()
    },
  )
})
