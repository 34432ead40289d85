import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `main.go:3:8: no required module provides package example.com/lib; to add it:
	go get example.com/lib`

const other = `main.go:3:8: package net/htpp is not in std (/usr/local/go/src/net/htpp)`

describe('no-required-module', () => {
  test('gives the command with the package', async () => {
    expect(await explain(printed, { facts: checkout({ mod: 'module example.com/app\n\ngo 1.21\n' }) })).toMatchObject([
      {
        rule: 'no-required-module',
        severity: 'error',
        confidence: 'certain',
        message: 'No module that go.mod requires provides example.com/lib.',
        fix: { commands: ['go get example.com/lib', 'go mod tidy'] },
        locations: [{ file: 'main.go', line: 3, column: 8 }],
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['std-package-missing'])
  })
})
