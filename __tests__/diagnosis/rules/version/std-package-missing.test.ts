import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `main.go:3:8: package net/htpp is not in std (/usr/local/go/src/net/htpp)`

const other = `main.go:3:8: no required module provides package example.com/lib; to add it:
	go get example.com/lib`

describe('std-package-missing', () => {
  test('finds the package that is meant', async () => {
    expect(
      await explain(printed, {
        facts: checkout({ mod: 'module example.com/app\n\ngo 1.21\n\nrequire example.com/lib v1.0.0\n' }),
      }),
    ).toMatchObject([
      {
        rule: 'std-package-missing',
        severity: 'error',
        confidence: 'certain',
        message:
          'net/htpp is no package of the standard library, where every import goes whose first element (net) has no dot; most likely net/http is meant.',
        locations: [{ file: 'main.go', line: 3, column: 8 }],
      },
    ])
  })

  test('knows the packages that are experiments of the Go that runs', async () => {
    const experiment = `package example.com/m
	imports encoding/json/v2: build constraints exclude all Go files in /usr/local/go/src/encoding/json/v2`
    const [finding, ...more] = await explain(experiment, { facts: checkout({ env: { GOVERSION: 'go1.26.8' } }) })
    expect(more).toEqual([])
    expect(finding).toMatchObject({
      rule: 'std-package-missing',
      confidence: 'certain',
      message: 'encoding/json/v2 is only an experiment in Go 1.26.8; example.com/m imports it.',
    })
    expect(finding?.fix.summary).toContain('GOEXPERIMENT=jsonv2')
    // Go 1.22 had iter so, and printed both ways of not having a package at once.
    const both = `package example.com/m
	imports iter: build constraints exclude all Go files in /usr/local/go/src/iter
main.go:4:8: package weak is not in std (/usr/local/go/src/weak)`
    const found = await explain(both)
    expect(rulesOf(found)).toEqual(['std-package-missing', 'std-package-missing'])
    expect(found.map((one) => one.fix.summary)).toEqual([
      'Use Go 1.23 or newer here, or build with GOEXPERIMENT=rangefunc (Go 1.22 and newer).',
      'Use Go 1.24 or newer here.',
    ])
  })

  test('leaves a package of another system to the rule of ports', async () => {
    const ported = `package example.com/m
	imports syscall/js: build constraints exclude all Go files in /usr/local/go/src/syscall/js`
    expect(rulesOf(await explain(ported))).toEqual(['port-files-excluded'])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['no-required-module'])
  })
})
