import { describe, expect, test } from '@jest/globals'

import { cgoSeen, dbCheckout, imported, mainImport } from '../../../helpers/cgo-case.ts'
import { observe, rulesOf } from '../../../helpers/rule-case.ts'

describe('plugin-stub', () => {
  test('warns where the module opens plugins and cgo is off', async () => {
    expect(await observe(cgoSeen({ imports: [imported({})] }))).toMatchObject([
      {
        rule: 'plugin-stub',
        severity: 'warning',
        message:
          'example.com/app imports plugin, and cgo is off, as by default for a cross build: plugin.Open returns “plugin: not implemented”.',
        locations: [mainImport],
      },
    ])
  })

  test('a dependency may have a use for plugins that the program has not', async () => {
    const of = imported({ own: false, by: 'example.com/db/ext', module: { path: 'example.com/db', version: 'v1.0.0' } })
    const findings = await observe(cgoSeen({ imports: [of] }), dbCheckout)
    expect(findings).toMatchObject([{ severity: 'notice', locations: [mainImport, { file: 'go.mod', line: 3 }] }])
  })

  test('a system without plugins is not told to switch cgo on', async () => {
    const windows = cgoSeen({
      target: { goos: 'windows', goarch: 'amd64' },
      imports: [imported({ stubWithCgo: true })],
    })
    const [finding] = await observe(windows)
    expect(finding?.message).toContain('windows has no plugins')
    expect(finding?.fix.commands ?? []).toEqual([])
  })

  test('is silent where plugins open, and where the rule about js and wasip1 speaks', async () => {
    expect(await observe(cgoSeen({ enabled: true, imports: [imported({ stub: false })] }))).toEqual([])
    const js = cgoSeen({ target: { goos: 'js', goarch: 'wasm' }, imports: [imported({})] })
    expect(rulesOf(await observe(js, dbCheckout))).toEqual([])
  })
})
