import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `go: github.com/acme/priv@v2.0.0+incompatible: invalid version: module contains a go.mod file, so module path must match major version ("github.com/acme/priv/v2")`

const other = `go: errors parsing go.mod:
go.mod:5: require example.com/lib: version "v2.0.0" invalid: should be v0 or v1, not v2`

describe('major-version-mismatch', () => {
  test('names the path that fits', async () => {
    expect(
      await explain(printed, {
        facts: checkout({ mod: 'module example.com/app\n\ngo 1.21\n\nrequire example.com/lib v1.0.0\n' }),
      }),
    ).toMatchObject([
      {
        rule: 'major-version-mismatch',
        severity: 'error',
        confidence: 'likely',
        message:
          'github.com/acme/priv@v2.0.0+incompatible has a go.mod file, so this version can only be required as github.com/acme/priv/v2; +incompatible is for repositories without go.mod.',
        fix: { commands: ['go get github.com/acme/priv/v2@v2.0.0'] },
        locations: [],
        module: 'github.com/acme/priv',
        version: 'v2.0.0+incompatible',
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['major-suffix-missing'])
  })
})
