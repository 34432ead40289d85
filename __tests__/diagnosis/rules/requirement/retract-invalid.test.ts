import { describe, expect, test } from '@jest/globals'
import { explain, rulesOf } from '../../../helpers/rule-case.ts'

// As reported in https://github.com/tredoe/osutil/pull/17
const printed = `go.mod:24:2: retract github.com/tredoe/osutil: version "v2.0.0" invalid: should be v0 or v1, not v2`

describe('retract-invalid', () => {
  test('names the cause', async () => {
    expect(await explain(printed)).toMatchObject([
      {
        rule: 'retract-invalid',
        confidence: 'certain',
        message: expect.stringMatching(/^The go\.mod of github\.com\/tredoe\/osutil retracts v2\.0\.0/),
      },
    ])
  })

  test.each([
    `go: errors parsing go.mod:
go.mod:5: require example.com/lib: version "v2.0.0" invalid: should be v0 or v1, not v2`,
  ])('is not about: %s', async (text) => {
    expect(rulesOf(await explain(text))).not.toContain('retract-invalid')
  })
})
