import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `go: downloading example.com/renamed v1.0.0
go: example.com/renamed@v1.0.0 requires example.com/renamed@v1.0.0: parsing go.mod:
	module declares its path as: example.com/original
	        but was required as: example.com/renamed`

const other = `go: github.com/acme/priv@v2.0.0+incompatible: invalid version: module contains a go.mod file, so module path must match major version ("github.com/acme/priv/v2")`

describe('module-path-differs', () => {
  test('names both paths', async () => {
    expect(
      await explain(printed, {
        facts: checkout({ mod: 'module example.com/app\n\ngo 1.21\n\nrequire example.com/lib v1.0.0\n' }),
      }),
    ).toMatchObject([
      {
        rule: 'module-path-differs',
        severity: 'error',
        confidence: 'certain',
        message: 'example.com/renamed@v1.0.0 calls itself example.com/original in its go.mod.',
        fix: {
          commands: [
            'go get example.com/original@latest',
            'go mod edit -replace=example.com/original=example.com/renamed@v1.0.0  # for a fork',
          ],
        },
        locations: [],
        module: 'example.com/renamed',
        version: 'v1.0.0',
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['major-version-mismatch'])
  })
})
