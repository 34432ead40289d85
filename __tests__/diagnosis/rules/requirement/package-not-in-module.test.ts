import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `go: downloading example.com/lib v1.0.0
go: finding module for package example.com/lib/gone
go: downloading example.com/lib v1.2.0
go: example.com/app imports
	example.com/lib/gone: module example.com/lib@latest found (v1.2.0), but does not contain package example.com/lib/gone`

const other = `main.go:3:8: no required module provides package example.com/lib; to add it:
	go get example.com/lib`

describe('package-not-in-module', () => {
  test('compares with the version in go.mod', async () => {
    expect(
      await explain(printed, {
        facts: checkout({ mod: 'module example.com/app\n\ngo 1.21\n\nrequire example.com/lib v1.0.0\n' }),
      }),
    ).toMatchObject([
      {
        rule: 'package-not-in-module',
        severity: 'error',
        confidence: 'certain',
        message: 'example.com/lib@v1.2.0 has no package example.com/lib/gone, which example.com/app imports.',
        fix: { commands: ['go list -m -versions example.com/lib'] },
        locations: [{ file: 'go.mod', line: 5 }],
        module: 'example.com/lib',
        version: 'v1.2.0',
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['no-required-module'])
  })
})
