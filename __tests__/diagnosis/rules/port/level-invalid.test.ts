import { describe, expect, test } from '@jest/globals'
import { explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `go: invalid GOARM64: must start with v8.{0-9} or v9.{0-5} and may optionally end in ",lse" and/or ",crypto"`

const other = `go: unsupported GOOS/GOARCH pair macos/amd64`

describe('level-invalid', () => {
  test('names the variable', async () => {
    expect(await explain(printed)).toMatchObject([
      {
        rule: 'level-invalid',
        severity: 'error',
        confidence: 'certain',
        message:
          'GOARM64 is no level that this Go knows: must start with v8.{0-9} or v9.{0-5} and may optionally end in ",lse" and/or ",crypto".',
        fix: { commands: ['go env -u GOARM64'] },
        locations: [],
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['port-unsupported'])
  })
})
