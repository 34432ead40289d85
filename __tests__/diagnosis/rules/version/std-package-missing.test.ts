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

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['no-required-module'])
  })
})
