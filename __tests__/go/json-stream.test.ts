import { expect, test } from '@jest/globals'

import { parseJsonStream } from '../../src/go/json-stream.ts'

test('concatenated indented objects, braces in strings and at line starts included', () => {
  const values = [{ a: '}\n{' }, { b: { c: [1, '{'] } }, {}]
  const text = values.map((value) => JSON.stringify(value, null, '\t')).join('\n')
  expect(parseJsonStream(`${text}\n`)).toEqual(values)
})

test('an array, one object a line, and nothing', () => {
  expect(parseJsonStream('[1, 2]')).toEqual([1, 2])
  expect(parseJsonStream('{"a":1}\n{"a":2}\n')).toEqual([{ a: 1 }, { a: 2 }])
  expect(parseJsonStream(' \n')).toEqual([])
})

test('half a value is an error', () => {
  expect(() => parseJsonStream('{\n\t"a": 1\n}\n{\n\t"b"')).toThrow(SyntaxError)
})
