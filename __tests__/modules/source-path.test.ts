import path from 'node:path'

import { describe, expect, test } from '@jest/globals'

import { inside, reportPath, sourcePath } from '../../src/modules/source-path.ts'

const place = { root: '/repo', dir: '/repo/svc', moduleCache: '/home/u/go/pkg/mod' }

describe('sourcePath', () => {
  test('a relative path is taken from where the command ran', () => {
    expect(sourcePath('./main.go', place)).toEqual({ kind: 'repository', file: 'svc/main.go' })
    expect(sourcePath('../lib/a.go', place)).toEqual({ kind: 'repository', file: 'lib/a.go' })
  })

  test('a path of the module cache names its module, escapes undone', () => {
    const source = sourcePath('../../home/u/go/pkg/mod/github.com/!burnt!sushi/toml@v1.3.2/cmd/x.go', place)
    expect(source).toEqual({
      kind: 'module',
      module: { path: 'github.com/BurntSushi/toml', version: 'v1.3.2' },
      file: 'cmd/x.go',
    })
    expect(reportPath(source)).toBe('github.com/BurntSushi/toml@v1.3.2/cmd/x.go')
    expect(sourcePath('/elsewhere/pkg/mod/example.com/a@v1.0.0/a.go', { root: '/repo', dir: '/repo' }).kind).toBe(
      'module',
    )
  })

  test('a path elsewhere stays as it is', () => {
    expect(sourcePath('/usr/local/go/src/os/file.go', place)).toEqual({
      kind: 'other',
      file: '/usr/local/go/src/os/file.go',
    })
  })

  test('Windows paths, drive letters and backslashes', () => {
    const windows = { root: 'D:\\a\\repo', dir: 'D:\\a\\repo\\svc', moduleCache: 'C:\\Users\\u\\go\\pkg\\mod' }
    expect(sourcePath('.\\main.go', windows, path.win32)).toEqual({ kind: 'repository', file: 'svc/main.go' })
    expect(sourcePath('C:\\Users\\u\\go\\pkg\\mod\\example.com\\a@v1.0.0\\b\\a.go', windows, path.win32)).toEqual({
      kind: 'module',
      module: { path: 'example.com/a', version: 'v1.0.0' },
      file: 'b/a.go',
    })
  })
})

test('inside tells a sibling of a similar name apart', () => {
  expect(inside('/a/b', '/a/b')).toBe('.')
  expect(inside('/a/b', '/a/bc')).toBeUndefined()
  expect(inside('/a/b', '/a/..b')).toBeUndefined()
  expect(inside('/a', '/a/..b')).toBe('..b')
})
