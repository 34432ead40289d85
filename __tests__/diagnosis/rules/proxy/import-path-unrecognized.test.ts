import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `go: git.invalid/util@v1.0.0: unrecognized import path "git.invalid/util": https fetch: Get "https://git.invalid/util?go-get=1": dial tcp: lookup git.invalid on 192.0.2.53:53: no such host`

const other = `go: example.com/lib@v1.0.0: Get "https://proxy.invalid/example.com/lib/@v/v1.0.0.mod": dial tcp: lookup proxy.invalid on 192.0.2.53:53: no such host`

describe('import-path-unrecognized', () => {
  test('names the host that is not known', async () => {
    expect(
      await explain(printed, {
        facts: checkout({ mod: 'module example.com/app\n\ngo 1.21\n\nrequire example.com/lib v1.0.0\n' }),
      }),
    ).toMatchObject([
      {
        rule: 'import-path-unrecognized',
        severity: 'error',
        confidence: 'certain',
        message: 'git.invalid/util cannot be found: this machine does not know the host git.invalid.',
        locations: [],
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['proxy-dns'])
  })
})
