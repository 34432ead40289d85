import { describe, expect, test } from '@jest/globals'
import { explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `go: can't compute 'all' using the vendor directory
	(Use -mod=mod or -mod=readonly to bypass.)`

const other = `go: inconsistent vendoring in /src/app:
	example.com/lib@v1.1.0: is explicitly required in go.mod, but not marked as explicit in vendor/modules.txt
	example.com/lib@v1.0.0: is marked as explicit in vendor/modules.txt, but not explicitly required in go.mod

	To ignore the vendor directory, use -mod=readonly or -mod=mod.
	To sync the vendor directory, run:
		go mod vendor`

describe('vendor-query', () => {
  test('names the flag for this command', async () => {
    expect(await explain(printed)).toMatchObject([
      {
        rule: 'vendor-query',
        severity: 'error',
        confidence: 'certain',
        message: "The command cannot compute 'all' from vendor/, which holds only what the build needs.",
        fix: { commands: ['go list -mod=readonly -m all'] },
        locations: [],
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['vendor-inconsistent'])
  })
})
