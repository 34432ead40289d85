import { describe, expect, test } from '@jest/globals'
import { explain, rulesOf } from '../../../helpers/rule-case.ts'

// As reported in https://github.com/zorchenhimer/MovieNight/issues/106
const printed = `chat.js:53 LinkError: WebAssembly.instantiate(): Import #1 module="go" function="runtime.resetMemoryDataView" error: function import requires a callable`

describe('wasm-exec-mismatch', () => {
  test('names the cause', async () => {
    expect(await explain(printed)).toMatchObject([
      {
        rule: 'wasm-exec-mismatch',
        confidence: 'certain',
        message: expect.stringMatching(/wants runtime\.resetMemoryDataView of “go”/),
      },
    ])
  })

  test.each([
    `TypeError: WebAssembly.instantiate(): Import #0 "gojs": module is not an object or function`,
    `LinkError: import object field 'runtime.scheduleTimeoutEvent' is not a Function`,
    `cp: cannot stat '/usr/local/go/misc/wasm/wasm_exec.js': No such file or directory`,
  ])('knows it in other words: %s', async (text) => {
    expect(new Set(rulesOf(await explain(text)))).toEqual(new Set(['wasm-exec-mismatch']))
  })

  test.each([`TypeError: Cannot read properties of undefined (reading 'exports')`])(
    'is not about: %s',
    async (text) => {
      expect(rulesOf(await explain(text))).not.toContain('wasm-exec-mismatch')
    },
  )
})
