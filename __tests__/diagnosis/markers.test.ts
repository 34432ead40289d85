import { describe, expect, test } from '@jest/globals'

import { createMarkerIndex } from '../../src/diagnosis/markers.ts'
import type { Rule } from '../../src/domain/rule.ts'

function rule(id: string, markers: readonly string[]): Rule {
  return { id, area: 'code', title: id, what: id, why: id, fix: id, classes: [], markers, message: () => undefined }
}

describe('createMarkerIndex', () => {
  const rules = [
    rule('a', ['checksum mismatch', 'sum']),
    rule('b', ['mismatch', 'unknown']),
    rule('c', ['um mis', '…x']),
    rule('d', ['ä', 'zz']),
    { ...rule('e', ['checksum']), message: undefined } as unknown as Rule,
  ]
  const index = createMarkerIndex(rules)
  const hits = (text: string) => [...index.hits(text)].map(([{ id }, length]) => `${id}${length}`).sort()

  test('finds overlapping, nested and suffix markers, the longest of each rule', () => {
    expect(hits('a checksum mismatch here')).toEqual(['a17', 'b8', 'c6'])
    expect(hits('sum')).toEqual(['a3'])
    expect(hits('checksum misfit')).toEqual(['a3', 'c6'])
    expect(hits('nothing')).toEqual([])
  })

  test('characters above ASCII are not mixed up', () => {
    expect(hits('…x')).toEqual(['c2'])
    expect(hits('äx')).toEqual(['d1'])
    expect(hits('üx')).toEqual([])
  })

  test('agrees with looking for each marker in turn', () => {
    const alphabet = 'abc'
    let seed = 7
    const random = (n: number) => (seed = (seed * 1103515245 + 12345) % 2147483648) % n
    const word = (length: number) => Array.from({ length }, () => alphabet.charAt(random(3))).join('')
    const many = Array.from({ length: 60 }, (_, n) => rule(`r${n}`, [word(1 + random(5)), word(2 + random(4))]))
    const all = createMarkerIndex(many)
    for (let n = 0; n < 200; n++) {
      const text = word(12)
      const plain = many.filter((one) => one.markers?.some((marker) => text.includes(marker)) === true)
      expect(new Set(all.hits(text).keys())).toEqual(new Set(plain))
      const message = { printer: 'unknown', kind: 'info', text, detail: [], line: 1 } as const
      expect(all.touches(message)).toBe(plain.length > 0)
    }
  })
})
