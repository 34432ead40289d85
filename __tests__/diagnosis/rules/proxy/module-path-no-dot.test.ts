import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `go: corp/util@v1.0.0: unrecognized import path "corp/util": import path does not begin with hostname`

const other = `go: git.invalid/util@v1.0.0: unrecognized import path "git.invalid/util": https fetch: Get "https://git.invalid/util?go-get=1": dial tcp: lookup git.invalid on 192.0.2.53:53: no such host`

describe('module-path-no-dot', () => {
  test('says why the path cannot be downloaded', async () => {
    expect(
      await explain(printed, { facts: checkout({ mod: 'module example.com/app\n\nrequire corp/util v1.0.0\n' }) }),
    ).toMatchObject([
      {
        rule: 'module-path-no-dot',
        severity: 'error',
        confidence: 'certain',
        message: 'corp/util is no path that can be downloaded: corp is not a host name.',
        fix: { commands: ['go mod edit -replace=corp/util=../util'] },
        locations: [{ file: 'go.mod', line: 3 }],
        module: 'corp/util',
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['import-path-unrecognized'])
  })
})
