import { describe, expect, test } from '@jest/globals'

import { isAboveLevel, isLevel, isSilentlyIgnored, levelNeedsGo } from '../../src/domain/levels.ts'

describe('levels', () => {
  test.each<[string, string, boolean]>([
    ['GOAMD64', 'v4', true],
    ['GOAMD64', 'v5', false],
    ['GOAMD64', 'V3', false],
    ['GOARM', '7,softfloat', true],
    ['GOARM', '8', false],
    ['GOARM64', 'v8.9,crypto,lse', true],
    ['GOARM64', 'v9.6', false],
    ['GORISCV64', 'rva23u64', true],
    ['GO386', '387', false],
    ['GOWASM', 'satconv,signext', true],
  ])('%s=%s', (variable, value, known) => {
    expect(isLevel(variable, value)).toBe(known)
  })

  test.each<[string, string, string, string | undefined]>([
    ['GORISCV64', 'rva23u64', 'go1.24.4', '1.25'],
    ['GORISCV64', 'rva23u64', 'go1.25.0', undefined],
    ['GORISCV64', 'rva22u64', 'go1.22.12', '1.23'],
    ['GOARM64', 'v8.1', 'go1.22.12', '1.23'],
    ['GOARM', '6,softfloat', 'go1.21.13', '1.22'],
    ['GOARM', '6', 'go1.21.13', undefined],
    ['GOAMD64', 'v2', 'go1.17', '1.18'],
    ['GOARM64', 'v8.1', 'devel go1.28-abcdef', undefined],
  ])('%s=%s with %s needs %s', (variable, value, version, needed) => {
    expect(levelNeedsGo(variable, value, version)).toBe(needed)
  })

  test.each<[string, string, string, boolean]>([
    ['GOAMD64', 'v5', 'go1.26.8', true],
    ['GOARM', '8', 'go1.23.0', true],
    ['GOAMD64', 'v5', 'go1.22.12', false],
    ['GOAMD64', 'v5', 'go1.28.0', false],
    ['GOAMD64', 'v4', 'go1.26.8', false],
    ['GOAMD64', '', 'go1.26.8', false],
    ['GOARM64', 'v7', 'go1.26.8', false],
    ['GO386', '387', 'go1.26.8', false],
  ])('%s=%s with %s is built at the default level: %s', (variable, value, version, silent) => {
    expect(isSilentlyIgnored(variable, value, version)).toBe(silent)
  })

  test.each<[string, string, string, boolean]>([
    ['GOAMD64', 'v3', 'v2', true],
    ['GOAMD64', 'v2', 'v3', false],
    ['GOAMD64', 'v2', 'v2', false],
    ['GOAMD64', 'v3', 'haswell', false],
    ['GOARM', '7', '6', true],
    ['GOARM', '6', '6,softfloat', true],
    ['GOARM', '6,softfloat', '6', false],
    ['GOARM', '5', '6,softfloat', false],
    ['GOARM64', 'v8.1', 'v8.0', true],
    ['GOARM64', 'v8.0,lse', 'v8.0', true],
    ['GOARM64', 'v8.0,lse', 'v8.1', false],
    ['GOARM64', 'v8.5', 'v9.0', false],
    ['GOARM64', 'v8.6', 'v9.0', true],
    ['GOARM64', 'v9.0', 'v8.9', true],
    ['GOARM64', 'v8.2,crypto', 'v8.2', true],
    ['GO386', 'sse2', 'softfloat', true],
    ['GOMIPS', 'softfloat', 'hardfloat', false],
    ['GOMIPS64', 'hardfloat', 'softfloat', true],
    ['GOPPC64', 'power10', 'power9', true],
    ['GORISCV64', 'rva22u64', 'rva23u64', false],
    ['GOWASM', 'satconv', 'signext', false],
  ])('%s: code for %s on a processor of %s is above it: %s', (variable, built, cpu, above) => {
    expect(isAboveLevel(variable, built, cpu)).toBe(above)
  })
})
