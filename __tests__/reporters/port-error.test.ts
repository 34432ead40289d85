import { expect, test } from '@jest/globals'

import { renderPortError } from '../../src/reporters/port-error.ts'
import { hostileStrings } from '../helpers/hostile.ts'

const error = {
  file: 'a/b.go',
  line: 5,
  column: 2,
  message: 'undefined: x\n\tmore',
  package: 'example.com/m/a',
  slots: ['plan9/386', 'plan9/arm'],
}

test('reads as an error of the compiler, with its ports', () => {
  expect(renderPortError(error)).toBe('a/b.go:5:2: undefined: x more (plan9/386 and plan9/arm)')
  expect(renderPortError({ ...error, file: '' })).toMatch(/^example\.com\/m\/a: undefined/)
})

test('nothing of the module moves the cursor or becomes a command', () => {
  for (const text of hostileStrings) {
    const shown = renderPortError({ ...error, file: text, message: text, package: text })
    expect(shown).not.toMatch(/[\p{Cc}\p{Cf}]/u)
    expect(shown).not.toContain('##[')
    expect(shown.startsWith('::')).toBe(false)
  }
})
