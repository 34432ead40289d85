import { describe, expect, test } from '@jest/globals'

import { readFlags } from '../../src/cli/flags.ts'
import { checkFlags } from '../../src/cli/help.ts'

const read = (...args: string[]) => readFlags(args, checkFlags, true)

describe('readFlags', () => {
  test('values that begin with a dash, behind a space or an equals sign', () => {
    expect(read('--ldflags', '-s -w').inputs.get('ldflags')).toBe('-s -w')
    expect(read('--ldflags=-X main.version=1').inputs.get('ldflags')).toBe('-X main.version=1')
    expect(read('dir', '--ldflags', '-s', '--json')).toMatchObject({ positionals: ['dir'], on: new Set(['json']) })
  })

  test('a forgotten value is not taken from the next flag', () => {
    expect(() => read('--ldflags', '--json')).toThrow(/ldflags/)
  })

  test('switches alone, negated and with a value', () => {
    expect(read('--trimpath').inputs.get('trimpath')).toBe('true')
    expect(read('--no-trimpath').inputs.get('trimpath')).toBe('false')
    expect(read('--trimpath=yes').inputs.get('trimpath')).toBe('yes')
  })

  test('a flag given twice is a list, and an unknown one is named', () => {
    expect(read('--targets', 'linux/arm64', '--targets', 'host').inputs.get('targets')).toBe('linux/arm64\nhost')
    expect(() => read('--target', 'host')).toThrow(/--target/)
  })
})
