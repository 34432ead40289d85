import { describe, expect, test } from '@jest/globals'
import { explain, rulesOf } from '../../../helpers/rule-case.ts'

// As reported in https://github.com/mattn/go-sqlite3/issues/620
const printed = `[ORM]2018/08/20 16:44:25 register db Ping \`default\`, Binary was compiled with 'CGO_ENABLED=0', go-sqlite3 requires cgo to work. This is a stub`

describe('cgo-stub', () => {
  test('names the cause', async () => {
    expect(await explain(printed)).toMatchObject([
      {
        rule: 'cgo-stub',
        confidence: 'certain',
        message: expect.stringMatching(/built without cgo, so go-sqlite3 is only a stand-in/),
      },
    ])
  })

  test.each([
    `plugin: not implemented`,
    `user: Current requires cgo or $USER set in environment`,
    `Error: support for ledger devices is not available in this executable`,
  ])('knows it in other words: %s', async (text) => {
    expect(new Set(rulesOf(await explain(text)))).toEqual(new Set(['cgo-stub']))
  })

  test.each([
    `go: -race requires cgo; enable cgo by setting CGO_ENABLED=1`,
    `android/amd64 requires external (cgo) linking, but cgo is not enabled`,
  ])('is not about: %s', async (text) => {
    expect(rulesOf(await explain(text))).not.toContain('cgo-stub')
  })
})
