import { describe, expect, test } from '@jest/globals'

import type { PortUse } from '../../../../src/domain/platform.ts'
import { checkout, observe } from '../../../helpers/rule-case.ts'

const js = { goos: 'js', goarch: 'wasm' }
const wasip1 = { goos: 'wasip1', goarch: 'wasm' }

const use = (symbol: string, parts: Partial<PortUse> = {}): PortUse => ({
  package: 'example.com/m',
  at: { file: 'main.go', line: 7, column: 2 },
  symbol,
  targets: [js],
  programs: ['example.com/m'],
  guarded: false,
  ...parts,
})

const seen = (uses: readonly PortUse[], mod?: string) =>
  observe({ kind: 'port-uses', probe: 'ports', module: '.', uses }, checkout(mod === undefined ? {} : { mod }))

describe('wasm-call', () => {
  test('calls of one kind are one finding with every call site', async () => {
    const found = await seen([
      use('net.Dial'),
      use('net.Dialer', { at: { file: 'a/a.go', line: 3 } }),
      use('os/exec.Command', { at: { file: 'b.go', line: 9 } }),
    ])
    expect(found).toMatchObject([
      {
        rule: 'wasm-call',
        severity: 'warning',
        confidence: 'likely',
        message: expect.stringMatching(/^net\.Dial and net\.Dialer on js\/wasm \(2 calls\): no connection leaves/),
        locations: [
          { file: 'main.go', line: 7, column: 2 },
          { file: 'a/a.go', line: 3 },
        ],
      },
      { rule: 'wasm-call', message: expect.stringMatching(/^exec\.Command on js\/wasm \(one call\)/) },
    ])
  })

  test('what does no harm, what a library alone calls and what asks for its port are notices', async () => {
    expect(await seen([use('os/signal.Notify')])).toMatchObject([{ severity: 'notice' }])
    expect(await seen([use('net.Dial', { programs: [] })])).toMatchObject([{ severity: 'notice' }])
    expect(await seen([use('net.Dial', { guarded: true })])).toMatchObject([
      { severity: 'notice', confidence: 'guess' },
    ])
  })

  test('net/http works on js and not on wasip1', async () => {
    expect(await seen([use('net/http.Get')])).toEqual([])
    expect(await seen([use('net/http.Get', { targets: [wasip1] })])).toMatchObject([
      { message: expect.stringContaining('http.Get on wasip1/wasm') },
    ])
  })

  test('a module that brings wasip1 a network of its own', async () => {
    const mod = 'module example.com/m\n\nrequire github.com/stealthrocket/net v0.2.1\n'
    const uses = [use('net.Listen', { targets: [wasip1] }), use('os/exec.Command', { targets: [wasip1] })]
    expect(await seen(uses, mod)).toMatchObject([{ message: expect.stringContaining('exec.Command') }])
  })
})
