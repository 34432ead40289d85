import { describe, expect, test } from '@jest/globals'
import { explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `plugin.Open("p"): plugin was built with a different version of package internal/byteorder`

describe('plugin-mismatch', () => {
  test('names the cause', async () => {
    expect(await explain(printed)).toMatchObject([
      {
        rule: 'plugin-mismatch',
        confidence: 'certain',
        message: expect.stringMatching(
          /^The plugin p and the program that loads it were built with different versions of internal\/byteorder: a package of the standard library/,
        ),
      },
    ])
  })

  test.each([
    `2017/09/09 10:37:27 unable to load the Go plugin: plugin.Open: plugin was built with a different version of package errors`,
    `plugin.Open("plugins/x"): realpath failed`,
    `fatal error: runtime: no plugin module data`,
  ])('knows it in other words: %s', async (text) => {
    expect(new Set(rulesOf(await explain(text)))).toEqual(new Set(['plugin-mismatch']))
  })

  test.each([`plugin: not implemented`])('is not about: %s', async (text) => {
    expect(rulesOf(await explain(text))).not.toContain('plugin-mismatch')
  })
})
