import { describe, expect, test } from '@jest/globals'

import { createMarkerIndex } from '../../src/diagnosis/markers.ts'
import { rules } from '../../src/diagnosis/rules/index.ts'
import { createLogReader } from '../../src/messages/read-log.ts'
import { cpuTime } from '../helpers/cpu-time.ts'

const megabyte = 1024 * 1024
const index = createMarkerIndex(rules)

// Runs of whatever the patterns of the reader look for. Each log of two megabytes takes a few hundredths of a second; a
// pattern that tried again from every character would take minutes.
const fills: readonly (readonly [name: string, fill: string])[] = [
  ['one character', 'a'],
  ['blanks', ' '],
  ['tabs', '\t'],
  ['colons', ':'],
  ['colons and blanks', ': '],
  ['nested brackets', '[{('],
  ['quotes', '"\'`'],
  ['backslashes', '\\'],
  ['slashes', '/'],
  ['paths', 'a/b.c@v1.0.0/'],
  ['positions', 'a.go:1:2: '],
  ['escapes', '\u001b[31m'],
  ['escapes cut off', '\u001b[3;'],
  ['carriage returns', 'x\r'],
  ['timestamps', '2026-01-02T03:04:05Z '],
  ['prompts', '$ # > % '],
  ['assignments', 'A=1 '],
  ['quoted messages', 'msg="'],
  ['quoted output', 'exit status 1: go: '],
  ['requirements', 'a.b@v1.0.0 requires '],
  ['workflow commands', '::error::'],
  ['JSON', '{"Action":"output",'],
]

describe('hostile lines', () => {
  test.each(fills)('%s, as one line and as many, cost no more than ordinary text', async (_, fill) => {
    for (const length of [megabyte, 16 * 1024, 700]) {
      const line = fill.repeat(Math.ceil(length / fill.length)).slice(0, length)
      const reader = createLogReader(index.touches)
      const spent = await cpuTime(() => {
        for (let read = 0; read < 2 * megabyte; read += length) reader.push(line)
      })
      expect(spent).toBeLessThan(15_000)
      const { messages } = reader.end()
      for (const message of messages) expect(message.text.length).toBeLessThanOrEqual(4000)
    }
  })

  test('a line looks the same to the reader at any length: what stands beyond 16 KiB is not read', () => {
    const reader = createLogReader(index.touches)
    reader.push(`${'x'.repeat(17 * 1024)}: missing go.sum entry`)
    expect(reader.end().messages).toEqual([])
  })
})
