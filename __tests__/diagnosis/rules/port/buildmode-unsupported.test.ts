import { describe, expect, test } from '@jest/globals'
import { explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `-buildmode=plugin not supported on windows/amd64`

const other = `-buildmode=plugin requires external (cgo) linking, but cgo is not enabled`

describe('buildmode-unsupported', () => {
  test('names mode and port', async () => {
    expect(await explain(printed)).toMatchObject([
      {
        rule: 'buildmode-unsupported',
        severity: 'error',
        confidence: 'certain',
        message: '-buildmode=plugin does not exist on windows/amd64.',
        locations: [],
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['external-link-needs-cgo'])
  })
})
