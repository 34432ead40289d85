import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `/src/app/main.go: invalid #cgo verb: #cgo CFLAG: -Ix`

const other = `example.com/app: invalid flag in #cgo CFLAGS: -fplugin=x (see https://go.dev/s/invalidflag)`

describe('cgo-directive-invalid', () => {
  test('names the line', async () => {
    expect(await explain(printed, { facts: checkout({}) })).toMatchObject([
      {
        rule: 'cgo-directive-invalid',
        severity: 'error',
        confidence: 'certain',
        message: 'A #cgo line of main.go cannot be read: invalid #cgo verb: #cgo CFLAG: -Ix.',
        locations: [{ file: 'main.go', line: 1 }],
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['cgo-flag-denied'])
  })
})
