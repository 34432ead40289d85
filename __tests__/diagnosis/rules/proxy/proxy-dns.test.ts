import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `go: example.com/lib@v1.0.0: Get "https://proxy.invalid/example.com/lib/@v/v1.0.0.mod": dial tcp: lookup proxy.invalid on 192.0.2.53:53: no such host`

const other = `go: git.invalid/util@v1.0.0: unrecognized import path "git.invalid/util": https fetch: Get "https://git.invalid/util?go-get=1": dial tcp: lookup git.invalid on 192.0.2.53:53: no such host`

describe('proxy-dns', () => {
  test('names the host that has no address', async () => {
    expect(
      await explain(printed, {
        facts: checkout({ mod: 'module example.com/app\n\ngo 1.21\n\nrequire example.com/lib v1.0.0\n' }),
      }),
    ).toMatchObject([
      {
        rule: 'proxy-dns',
        severity: 'error',
        confidence: 'certain',
        message: 'This machine does not know the host proxy.invalid, which it needs for example.com/lib@v1.0.0.',
        fix: { commands: ['go env GOPROXY'] },
        locations: [{ file: 'go.mod', line: 5 }],
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['import-path-unrecognized'])
  })
})
