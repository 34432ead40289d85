import { describe, expect, test } from '@jest/globals'

import { createMessageCollector } from '../../src/messages/collect.ts'
import { isConsequence } from '../../src/messages/consequence.ts'
import { messagesFromPackageErrors } from '../../src/messages/package-errors.ts'
import { readLog } from '../../src/messages/read-log.ts'
import { readMessages } from '../../src/messages/reader.ts'

describe('the collector', () => {
  test('counts repeats and drops what nobody asks for, however much came before the error', () => {
    const collector = createMessageCollector((message) => message.text.includes('marker'))
    for (let n = 0; n < 20_000; n++) collector.push(`line ${n}`)
    collector.push('a line with a marker')
    for (let n = 0; n < 3; n++) collector.push('go: a.b/c@v1.0.0: missing go.sum entry; to add it:\n')
    collector.end()
    const { messages, tail } = collector.collected()
    expect(messages.map(({ text, count }) => [text, count])).toEqual([
      ['a line with a marker', undefined],
      ['a.b/c@v1.0.0: missing go.sum entry; to add it:', 3],
    ])
    expect(tail).toHaveLength(20)
    expect(tail[15]).toBe('line 19999')
  })
})

describe('a pasted log', () => {
  test('names the command before the first error', () => {
    expect(readLog('$ go vet\n$ GOOS=windows go build\n./a.go:1:2: undefined: x\n$ go env')).toMatchObject({
      probe: 'diagnose',
      command: 'GOOS=windows go build',
      exitCode: null,
      failed: true,
    })
  })

  test('has not failed when nothing says so', () => {
    expect(readLog('go: downloading a.b/c v1.0.0\nok  \ta.b/c\t0.1s').failed).toBe(false)
  })

  test('of unknown programs keeps the lines that complain', () => {
    const log = readLog(`first\n${'noise\n'.repeat(100)}Could not dial broker: no such host\nlast`)
    expect(log).toMatchObject({ failed: false, tail: ['Could not dial broker: no such host'] })
  })
})

describe('consequences', () => {
  test.each([
    'exit status 1',
    './a.go:1:2: too many errors',
    'make: *** [x] Error 2',
    'collect2: error: ld returned 1 exit status',
    'FAIL',
  ])('%s', (text) => {
    expect(readMessages(text).map(isConsequence)).toEqual([true])
  })
  test.each(['./a.go:1:2: undefined: x', 'go: a.b/c@v1.0.0: x', '/usr/bin/ld: cannot find -lx'])('not %s', (text) => {
    expect(readMessages(text).map(isConsequence)).toEqual([false])
  })
})

describe('messagesFromPackageErrors', () => {
  test('has the form that the go command prints, and one message for one error', () => {
    const excluded = {
      ImportStack: ['example.com/m', 'example.com/m/c from main.go'],
      Pos: '',
      Err: 'build constraints exclude all Go files in /src/m/c',
    }
    const messages = messagesFromPackageErrors([
      { ImportPath: 'example.com/m/c', Error: excluded },
      { ImportPath: 'example.com/m', DepsErrors: [excluded] },
      {
        ImportPath: 'a.b/c',
        Error: {
          ImportStack: ['example.com/m'],
          Pos: 'main.go:4:2',
          Err: 'no required module provides package a.b/c; to add it:\n\tgo get a.b/c',
        },
      },
    ])
    expect(messages).toEqual([
      {
        printer: 'go',
        kind: 'error',
        text: 'package example.com/m/c: build constraints exclude all Go files in /src/m/c',
        detail: [],
        package: 'example.com/m/c',
        importStack: ['example.com/m', 'example.com/m/c'],
        line: 0,
      },
      {
        printer: 'go',
        kind: 'error',
        text: 'no required module provides package a.b/c; to add it:',
        detail: ['go get a.b/c'],
        position: { file: 'main.go', line: 4, column: 2 },
        package: 'a.b/c',
        line: 0,
      },
    ])
  })
})
