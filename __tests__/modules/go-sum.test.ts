import { describe, expect, test } from '@jest/globals'

import { goSumLines, parseGoSum } from '../../src/modules/go-sum.ts'

const hash = `h1:${'A'.repeat(43)}=`

describe('parseGoSum', () => {
  test('reads hashes of modules and of their go.mod files', () => {
    const file = parseGoSum(`a.b/c v1.0.0 ${hash}\r\na.b/c v1.0.0/go.mod ${hash}\n\n  d.e/f\tv1.1.0  h9:future \n`)
    expect(file).toEqual({
      lines: [
        { line: 1, path: 'a.b/c', version: 'v1.0.0', file: 'zip', hash },
        { line: 2, path: 'a.b/c', version: 'v1.0.0', file: 'mod', hash },
        { line: 4, path: 'd.e/f', version: 'v1.1.0', file: 'zip', hash: 'h9:future' },
      ],
      problems: [],
    })
  })

  test('an empty file has no lines and no problems', () => {
    expect(parseGoSum('')).toEqual({ lines: [], problems: [] })
  })

  test('leaves out the hash of an empty go.mod, as Go does', () => {
    const line = 'a.b/c v1.0.0/go.mod h1:G7mAYYxgmS0lVkHyy2hEOLQCFB0DlQFTMLWggykrydY=\n'
    expect(parseGoSum(line)).toEqual({ lines: [], problems: [] })
  })

  test.each([
    [`a.b/c v1.0.0\n`, 'three words'],
    [`a.b/c v1.0.0 ${hash} x\n`, 'three words'],
    ['<<<<<<< HEAD\n', 'conflict marker'],
    ['=======\n', 'conflict marker'],
    ['>>>>>>> branch with spaces\n', 'conflict marker'],
  ])('names the line of %j and reads on', (bad, message) => {
    const file = parseGoSum(`a.b/c v1.0.0 ${hash}\n${bad}d.e/f v1.0.0 ${hash}\n`)
    expect(file.lines.map((line) => line.line)).toEqual([1, 3])
    expect(file.problems).toEqual([{ line: 2, message: expect.stringContaining(message) }])
  })

  test('keeps and names a hash that was cut', () => {
    const file = parseGoSum('a.b/c v1.0.0 h1:AAAA\n')
    expect(file.lines).toHaveLength(1)
    expect(file.problems).toEqual([{ line: 1, message: expect.stringContaining('no complete hash') }])
  })

  test('names a byte order mark and reads the first line without it', () => {
    const file = parseGoSum(`\uFEFFa.b/c v1.0.0 ${hash}\n`)
    expect(file.lines[0]?.path).toBe('a.b/c')
    expect(file.problems).toEqual([{ line: 1, message: expect.stringContaining('byte order mark') }])
  })

  test.each([
    ['spaces', ' '.repeat(5_000_000)],
    ['words', 'a '.repeat(2_500_000)],
    ['one word', 'a'.repeat(5_000_000)],
    ['lines', 'a\n'.repeat(2_500_000)],
  ])('reads 5 MB of %s in linear time', (_name, text) => {
    expect(parseGoSum(text).problems.length).toBeLessThan(110)
  })
})

test('goSumLines', () => {
  const file = parseGoSum(`a v1.0.0 ${hash}\na v1.0.0/go.mod ${hash}\na v1.1.0/go.mod ${hash}\nb v1.0.0 ${hash}\n`)
  expect(goSumLines(file, 'a', 'v1.0.0').map((line) => line.line)).toEqual([1, 2])
  expect(goSumLines(file, 'a').map((line) => line.line)).toEqual([1, 2, 3])
  expect(goSumLines(file, 'c')).toEqual([])
})
