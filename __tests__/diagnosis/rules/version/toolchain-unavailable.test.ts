import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `go: downloading go1.99.0 (linux/amd64)
go: download go1.99.0 for linux/amd64: toolchain not available`

const other = `go: invalid GOTOOLCHAIN "latest"`

describe('toolchain-unavailable', () => {
  test('names the release and the line that asks for it', async () => {
    expect(await explain(printed, { facts: checkout({ mod: 'module example.com/app\n\ngo 1.99.0\n' }) })).toMatchObject(
      [
        {
          rule: 'toolchain-unavailable',
          severity: 'error',
          confidence: 'likely',
          message:
            'go1.99.0 cannot be fetched for linux/amd64: there is no such release, or the proxy does not carry Go itself.',
          locations: [{ file: 'go.mod', line: 3 }],
        },
      ],
    )
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['toolchain-setting-invalid'])
  })
})
