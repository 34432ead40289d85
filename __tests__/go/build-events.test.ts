import { expect, test } from '@jest/globals'

import { parseBuildEvent } from '../../src/go/build-events.ts'

const line =
  '{"ImportPath":"example.com/m","Action":"build-output","Output":"./m.go:4:2: undefined: a\\"b\\\\c\\u003cd\\n"}'

test('an event is what its line says; anything else is none', () => {
  expect(parseBuildEvent(line)).toEqual({
    ImportPath: 'example.com/m',
    Action: 'build-output',
    Output: './m.go:4:2: undefined: a"b\\c<d\n',
  })
  for (const other of ['go: go.mod file not found', '', '{', '{}', '[]', '{"Output":"x"', 'null']) {
    expect(parseBuildEvent(other)).toBeUndefined()
  }
})

test('a line that was cut gives the output up to there, wherever the cut is', () => {
  const start = line.indexOf('./m.go')
  for (let end = start; end < line.length; end++) {
    const output = parseBuildEvent(line.slice(0, end))?.Output
    expect(output).toBeDefined()
    expect('./m.go:4:2: undefined: a"b\\c<d\n'.startsWith(output ?? '?')).toBe(true)
    expect((output ?? '').length).toBeGreaterThanOrEqual(Math.min(24, end - start))
  }
})
