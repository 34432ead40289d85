import { describe, expect, test } from '@jest/globals'

import { harmlessLines } from '../../../src/system/actions/harmless.ts'
import { createActionsLog } from '../../../src/system/actions/log.ts'

const matcher = /^\s*(.+\.go):(?:(\d+):(\d+):)? (.*)/

describe('harmless lines', () => {
  test.each([
    ['::error::gotcha', ': :error::gotcha'],
    [' \t\u00a0::add-path::/evil', ' \t\u00a0: :add-path::/evil'],
    ['pkg::symbol stays', 'pkg::symbol stays'],
    ['text ##[error]gotcha', 'text # #[error]gotcha'],
    ['###[add-mask]x', '## #[add-mask]x'],
    ['#\u0000#[error]x', '# #[error]x'],
    [':\u0007:error::x', ': :error::x'],
    ['\u001b[31m::error::red\u001b[0m', ': :error::red'],
    ['\u001b]8;;https://evil.example\u0007link\u001b]8;;\u0007', 'link'],
    ['a\rb', 'ab'],
    ['main.go:12:3: undefined: x', 'main.go:12:3 undefined: x'],
    ['  ./a.go:1:2: b.go:3:4: c.go: d', '  ./a.go:1:2 b.go:3:4 c.go - d'],
    ['main.go: no such file', 'main.go - no such file'],
    ['x_test.go:12: what', 'x_test.go:12: what'],
    ['left\u202eright', 'leftright'],
  ])('%j', (line, expected) => {
    expect(harmlessLines(line)).toEqual([expected])
  })

  test('no line of a hostile text is a command or an error of the matcher', () => {
    const pieces = [
      '::',
      '##[',
      'error',
      '.go:',
      '1:2: ',
      ' ',
      ':',
      '#',
      '[',
      '\u001b[1m',
      '\r',
      'a',
      '\u0000',
      '\n',
      ']',
    ]
    let seed = 7
    const next = (limit: number): number => {
      seed = (seed * 1103515245 + 12345) % 2147483648
      return seed % limit
    }
    for (let round = 0; round < 20_000; round++) {
      const text = Array.from({ length: 1 + next(12) }, () => pieces[next(pieces.length)]).join('')
      for (const line of harmlessLines(text)) {
        expect([text, line.trimStart().startsWith('::'), line.includes('##['), matcher.test(line)]).toEqual([
          text,
          false,
          false,
          false,
        ])
      }
    }
  })

  test('a line of a megabyte takes no time and is cut', () => {
    const start = performance.now()
    for (const piece of ['\u001b[', '\u001b]', '.go:1', '##[', ' ', ':']) {
      expect(harmlessLines(piece.repeat(400_000))[0]?.length).toBeLessThan(40_000)
    }
    expect(performance.now() - start).toBeLessThan(2000)
  })
})

describe('log', () => {
  const make = (debug = false) => {
    const written: string[] = []
    let now = 0
    const log = createActionsLog(
      (text) => written.push(text),
      debug,
      () => now,
    )
    return { written, log, at: (seconds: number) => (now = seconds) }
  }

  test('warnings and errors are no annotations', () => {
    const { log, written } = make()
    log.warning('one\ntwo')
    log.error('::error::three')
    expect(written.join('')).toBe('warning: one\ntwo\nerror: ::error::three\n')
  })

  test('a block cannot be left from within', () => {
    const { log, written } = make()
    log.block('go build %0A::error::x\n', ['::endgroup::', 'a\n::error::b'])
    expect(written).toEqual(['::group::go build %250A::error::x \n: :endgroup::\na\n: :error::b\n::endgroup::\n'])
  })

  test('debug lines only when asked for', () => {
    const quiet = make()
    quiet.log.debug('x')
    const loud = make(true)
    loud.log.debug('x')
    expect([quiet.written, loud.written]).toEqual([[], ['debug: x\n']])
  })

  test('progress is a line every fifteen seconds', () => {
    const { log, written, at } = make()
    log.progress('first')
    at(14)
    log.progress('dropped')
    at(15)
    log.progress('')
    log.progress('second')
    expect(written).toEqual(['first\n', 'second\n'])
  })
})
