import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `go: errors parsing go.mod:
go.mod:5: require example.com/lib: version "v2.0.0" invalid: should be v0 or v1, not v2`

const other = `go: github.com/acme/priv@v2.0.0+incompatible: invalid version: module contains a go.mod file, so module path must match major version ("github.com/acme/priv/v2")`

describe('major-suffix-missing', () => {
  test('gives the path with its suffix', async () => {
    expect(
      await explain(printed, {
        facts: checkout({ mod: 'module example.com/app\n\ngo 1.21\n\nrequire example.com/lib v1.0.0\n' }),
      }),
    ).toMatchObject([
      {
        rule: 'major-suffix-missing',
        severity: 'error',
        confidence: 'certain',
        message: 'example.com/lib cannot have the version v2.0.0: a path without suffix is for v0 or v1.',
        fix: { commands: ['go mod edit -droprequire=example.com/lib', 'go get example.com/lib/v2@v2.0.0'] },
        locations: [{ file: 'go.mod', line: 5 }],
        module: 'example.com/lib',
        version: 'v2.0.0',
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['major-version-mismatch'])
  })
})
