import { describe, expect, test } from '@jest/globals'

import { cleanLine } from '../../src/messages/clean-line.ts'

describe('cleanLine', () => {
  test.each([
    ['2026-11-24T16:09:51.1234567Z go: downloading a.b/c v1.0.0', 'go: downloading a.b/c v1.0.0'],
    ['2026-11-24T16:09:51.123456Z 01O \tgo mod tidy', '\tgo mod tidy'],
    ['#12 3.456 go: a.b/c@v1.0.0: x', 'go: a.b/c@v1.0.0: x'],
    ['#18 0.958       google.golang.org/genproto v0.1', '      google.golang.org/genproto v0.1'],
    ['55.72 \tfatal: no', '\tfatal: no'],
    ['12:42:55  + go test ./...', '+ go test ./...'],
    ['[2026-11-24T16:09:51.123Z] main.go:1:2: x', 'main.go:1:2: x'],
    ['[ci/build]   | go: x', 'go: x'],
    ['app-1  | panic: no', 'panic: no'],
    ['[building (go compiler)]# example.com/m', '# example.com/m'],
    ['2026/11/24 16:09:51 unable to load', 'unable to load'],
    ['go: x\r', 'go: x'],
    ['10%\r50%\r100% done', '100% done'],
    [
      '\u001b[31mmain.go:1:2: \u001b[0mundefined: x\u001b]8;;https://x\u0007link\u001b]8;;\u0007',
      'main.go:1:2: undefined: xlink',
    ],
    ['a\u0000b\u202ec\td', 'abc\td'],
    // Source lines of a C compiler and tables are not compose prefixes.
    ['    3 | #include <x.h>', '    3 | #include <x.h>'],
    ['name | value', 'name | value'],
  ])('%j is %j', (raw, text) => {
    expect(cleanLine(raw)).toEqual({ text })
  })

  test('workflow commands say what they mark', () => {
    expect(cleanLine('##[error]Process completed with exit code 1.')).toEqual({
      text: 'Process completed with exit code 1.',
      mark: 'error',
    })
    expect(cleanLine('::warning file=a.go,line=1::bad')).toEqual({ text: 'bad', mark: 'warning' })
    expect(cleanLine('2026-11-24T16:09:51.1Z ##[group]Run go build ./...')).toEqual({
      text: 'go build ./...',
      mark: 'command',
    })
    expect(cleanLine('##[command]/usr/bin/git version')).toEqual({ text: '/usr/bin/git version', mark: 'command' })
  })

  test('a huge line is cut', () => {
    expect(cleanLine('x'.repeat(1_000_000)).text).toHaveLength(16 * 1024)
  })
})
