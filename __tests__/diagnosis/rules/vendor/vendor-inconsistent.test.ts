import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `go: inconsistent vendoring in /src/app:
	example.com/lib@v1.1.0: is explicitly required in go.mod, but not marked as explicit in vendor/modules.txt
	example.com/lib@v1.0.0: is marked as explicit in vendor/modules.txt, but not explicitly required in go.mod

	To ignore the vendor directory, use -mod=readonly or -mod=mod.
	To sync the vendor directory, run:
		go mod vendor`

const other = `main.go:3:8: cannot find module providing package example.com/lib/sub: import lookup disabled by -mod=vendor
	(Go version in go.mod is at least 1.14 and vendor directory exists.)`

describe('vendor-inconsistent', () => {
  test('says which module is at two versions', async () => {
    expect(
      await explain(printed, {
        facts: checkout({
          mod: 'module example.com/app\n\ngo 1.21\n\nrequire example.com/lib v1.1.0\n',
          vendorModules: '# example.com/lib v1.0.0\n## explicit; go 1.20\nexample.com/lib\n',
        }),
      }),
    ).toMatchObject([
      {
        rule: 'vendor-inconsistent',
        severity: 'error',
        confidence: 'certain',
        message: 'vendor/ does not fit go.mod: example.com/lib is v1.1.0 in go.mod and v1.0.0 in vendor/.',
        fix: { commands: ['go mod vendor'] },
        locations: [{ file: 'go.mod', line: 5 }],
        module: 'example.com/lib',
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['vendor-package-missing'])
  })
})
