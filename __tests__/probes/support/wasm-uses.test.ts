import path from 'node:path'
import { describe, expect, test } from '@jest/globals'

import type { PortCheck, PortCheckUse } from '../../../src/domain/port-check.ts'
import type { Target } from '../../../src/domain/port.ts'
import { observeWasmUses, wasmWatch } from '../../../src/probes/support/wasm-uses.ts'

const root = path.resolve('/repo')
const js = { goos: 'js', goarch: 'wasm' }
const linux = { goos: 'linux', goarch: 'amd64' }

const context = (named: boolean, ...targets: readonly Target[]) => ({
  root,
  module: { dir: '.', absoluteDir: root },
  targets: targets.map((target) => ({ target, named })),
})

const check = (uses: readonly PortCheckUse[] | undefined): PortCheck => ({
  slots: [linux, { ...js, cgo: false }].map((target) => ({
    target,
    name: `${target.goos}/${target.goarch}`,
    status: 'pass',
    packages: 1,
    blocked: 0,
  })),
  errors: [],
  uncertain: [],
  ignored: [],
  files: [],
  ...(uses === undefined ? {} : { uses }),
  seconds: 0,
  peakMegabytes: 0,
  cached: 0,
  notes: [],
})

const use = (symbol: string, file: string, ...programs: readonly string[]): PortCheckUse => ({
  package: 'm',
  file: path.join(root, file),
  line: 3,
  column: 1,
  symbol,
  slots: ['linux/amd64', 'js/wasm'],
  programs,
})

const symbols = (...uses: readonly PortCheckUse[]): readonly (readonly [string, boolean])[] =>
  observeWasmUses(check(uses), context(true, js))?.uses.map((one) => [one.symbol, one.guarded]) ?? []

describe('wasmWatch', () => {
  test('only when the run names js or wasip1', () => {
    expect(wasmWatch(context(true, linux, js))).toEqual(expect.arrayContaining(['net.Dial', 'runtime.GOOS']))
    expect(wasmWatch(context(false, linux, js))).toBeUndefined()
    expect(wasmWatch(context(true, linux))).toBeUndefined()
    expect(wasmWatch({ ...context(true, linux), released: [js] })).toContain('net.Dial')
  })
})

describe('observeWasmUses', () => {
  test('the call sites on the targets that are named, as the report names files', () => {
    expect(observeWasmUses(check([use('net.Dial', 'a/a.go', 'm/cmd')]), context(true, js))).toMatchObject({
      kind: 'port-uses',
      uses: [{ at: { file: 'a/a.go', line: 3, column: 1 }, targets: [{ goos: 'js' }], programs: ['m/cmd'] }],
    })
    expect(observeWasmUses(check(undefined), context(true, js))).toBeUndefined()
  })

  test('a file that asks for its port is guarded', () => {
    expect(symbols(use('net.Dial', 'a.go'), use('runtime.GOOS', 'a.go'), use('os/exec.Command', 'b.go'))).toEqual([
      ['net.Dial', true],
      ['os/exec.Command', false],
    ])
  })

  test('where programs are made for JavaScript, the others do not matter on js', () => {
    const found = symbols(
      use('syscall/js.Global', 'web/main.go', 'm/web'),
      use('net.Listen', 'server/main.go', 'm/server'),
      use('os/exec.Command', 'lib/lib.go', 'm/server', 'm/web'),
      use('net.Dial', 'unused/a.go'),
    )
    expect(found.map(([symbol]) => symbol)).toEqual(['os/exec.Command', 'net.Dial'])
  })
})
