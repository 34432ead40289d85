import { expect, test } from '@jest/globals'

import { parseGoFlags } from '../../src/portcheck/go-flags.ts'

test.each([
  ['', { instrumented: [] }],
  ['-tags=a,b -mod=mod', { tags: ['a', 'b'], mod: 'mod', instrumented: [] }],
  ['--tags=a  -tags=c', { tags: ['c'], instrumented: [] }],
  [`'-tags=a b' "-modfile=my go.mod"`, { tags: ['a', 'b'], modfile: 'my go.mod', instrumented: [] }],
  ['-race -msan=false -overlay=/o.json', { overlay: '/o.json', instrumented: ['race'] }],
  ['-ldflags=-s\t-v mod=vendor -', { instrumented: [] }],
  [`'-tags=open`, { tags: ['open'], instrumented: [] }],
])('%j', (text, flags) => {
  expect(parseGoFlags(text)).toEqual(flags)
})
