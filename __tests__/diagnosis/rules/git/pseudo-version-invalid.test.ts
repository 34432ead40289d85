import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `go: github.com/acme/priv@v0.0.0-20200101000000-a01db1928425: invalid pseudo-version: does not match version-control timestamp (expected 20240102030405)`

const other = `go: github.com/acme/priv@v0.0.0-20200101000000-deadbeefdead: invalid version: unknown revision deadbeefdead`

describe('pseudo-version-invalid', () => {
  test('works out the right version', async () => {
    expect(
      await explain(printed, {
        facts: checkout({ mod: 'module example.com/app\n\ngo 1.21\n\nrequire example.com/lib v1.0.0\n' }),
      }),
    ).toMatchObject([
      {
        rule: 'pseudo-version-invalid',
        severity: 'error',
        confidence: 'certain',
        message:
          'github.com/acme/priv@v0.0.0-20200101000000-a01db1928425 is no version of that commit: does not match version-control timestamp (expected 20240102030405); the right one is v0.0.0-20240102030405-a01db1928425.',
        fix: { commands: ['go get github.com/acme/priv@a01db1928425'] },
        locations: [],
        module: 'github.com/acme/priv',
        version: 'v0.0.0-20200101000000-a01db1928425',
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['git-revision-unknown'])
  })
})
