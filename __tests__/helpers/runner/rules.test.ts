import { describe, expect, test } from '@jest/globals'

import { annotationOf } from './annotations.ts'
import { parseCommand, registeredCommands } from './commands.ts'
import { parseKeyValueFile } from './file-commands.ts'
import { evaluateCondition } from './metadata.ts'

const known = new Set(registeredCommands)

describe('commands', () => {
  test.each([
    ['::error::x', { name: 'error', properties: {}, data: 'x' }],
    [
      '  \t::ERROR File=a.go,Line=3::a%0Ab%25',
      { name: 'error', properties: { file: 'a.go', line: '3' }, data: 'a\nb%' },
    ],
    [
      '::error title=a%2Cb%3Ac%250A,file=::x',
      { name: 'error', properties: { title: 'a,b:c%0A', file: '' }, data: 'x' },
    ],
    ['::error::a::b', { name: 'error', properties: {}, data: 'a::b' }],
    ['::error novalue,line=1=2::', { name: 'error', properties: { line: '1=2' }, data: '' }],
    ['some text ##[warning file=a;line=2]b%5D', { name: 'warning', properties: { file: 'a', line: '2' }, data: 'b]' }],
    ['::unknown::##[error]x', { name: 'error', properties: {}, data: 'x' }],
    ['text ::error::x', undefined],
    ['::unknown::x', undefined],
    ['::error', undefined],
    ['##[error', undefined],
    ['##[unknown]x', undefined],
  ])('%j', (line, expected) => {
    expect(parseCommand(line, known)).toEqual(expected)
  })
})

describe('environment files', () => {
  test.each([
    ['', []],
    ['a=b\n', [['a', 'b']]],
    ['a=b=c<<d\n\nx=\n', [['a', 'b=c<<d'], ['x', '']]], // prettier-ignore
    ['a<<E\nl1\nl2\r\nE\nb=1', [['a', 'l1\nl2\r'], ['b', '1']]], // prettier-ignore
    ['a<<E\nE', [['a', '']]],
    ['a<<E\n\nE\n', [['a', '']]],
  ])('%j', (text, expected) => {
    expect(parseKeyValueFile(text)).toEqual(expected)
  })

  test.each(['plain', '=x', 'a<<', '<<E\nE', 'a<<E\nx\n', 'a<<E\nE \n'])('%j fails the step', (text) => {
    expect(() => parseKeyValueFile(text)).toThrow(/Invalid/)
  })
})

describe('lines and columns', () => {
  const of = (properties: Record<string, string>) => {
    const { level: _l, message: _m, by: _b, ...rest } = annotationOf('error', properties, 'm', '/w')
    return rest
  }
  test.each([
    [
      { file: '/w/a/b.go', line: '3', col: '4' },
      { file: 'a/b.go', line: 3, column: 4 },
    ],
    [{ file: '/elsewhere/b.go' }, { file: '/elsewhere/b.go' }],
    [{ file: '/workshop/b.go' }, { file: '/workshop/b.go' }],
    [{ endline: '5' }, { line: 5, endLine: 5 }],
    [{ col: '4' }, {}],
    [
      { line: '3', endline: '4', col: '1', endcolumn: '2' },
      { line: 3, endLine: 4 },
    ],
    [{ line: '4', endline: '3' }, {}],
    [{ line: '4', col: '5', endcolumn: '4' }, { line: 4 }],
    [{ line: 'x' }, {}],
  ])('%j', (properties, expected) => {
    expect(of(properties as unknown as Record<string, string>)).toEqual(expected)
  })
})

test('post-if looks at the job so far', () => {
  expect(evaluateCondition('success()', 'failure')).toBe(false)
  expect(evaluateCondition('${{ !cancelled() }}', 'failure')).toBe(true)
  expect(() => evaluateCondition('hashFiles()', 'success')).toThrow('not simulated')
})
