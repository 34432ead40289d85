import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `main.go:3:8: cannot find module providing package example.com/lib/sub: import lookup disabled by -mod=vendor
	(Go version in go.mod is at least 1.14 and vendor directory exists.)`

const other = `main.go:3:8: cannot find module providing package example.com/lib: import lookup disabled by -mod=readonly`

describe('vendor-package-missing', () => {
  test('names the package', async () => {
    expect(
      await explain(printed, {
        facts: checkout({
          mod: 'module example.com/app\n\ngo 1.21\n\nrequire example.com/lib v1.0.0\n',
          vendorModules: '# example.com/lib v1.0.0\n## explicit; go 1.20\nexample.com/lib\n',
        }),
      }),
    ).toMatchObject([
      {
        rule: 'vendor-package-missing',
        severity: 'error',
        confidence: 'certain',
        message: 'example.com/lib is vendored without its package example.com/lib/sub.',
        fix: { commands: ['go mod tidy', 'go mod vendor'] },
        locations: [{ file: 'main.go', line: 3, column: 8 }],
        module: 'example.com/lib',
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['no-required-module'])
  })
})
