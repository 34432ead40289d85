import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `go: zip: not a valid zip file`

const other = `example.com/lib v1.0.0: zip: not a valid zip file`

describe('proxy-bad-answer', () => {
  test('knows a page that was sent as a zip', async () => {
    expect(await explain(printed, { facts: checkout({ env: { GOPROXY: 'https://proxy.example' } }) })).toMatchObject([
      {
        rule: 'proxy-bad-answer',
        severity: 'error',
        confidence: 'likely',
        message:
          'What the proxy (GOPROXY=https://proxy.example) sent for a module cannot be used: it is not a zip; a login or error page sent as a success looks so.',
        fix: { commands: ['go env GOPROXY', 'go clean -modcache', 'go mod download -x'] },
        locations: [],
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['module-cache-modified'])
  })
})
