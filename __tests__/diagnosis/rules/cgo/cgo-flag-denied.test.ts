import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `example.com/app: invalid flag in #cgo CFLAGS: -fplugin=x (see https://go.dev/s/invalidflag)`

const other = `/src/app/main.go: invalid #cgo verb: #cgo CFLAG: -Ix`

describe('cgo-flag-denied', () => {
  test('allows exactly this flag', async () => {
    expect(await explain(printed)).toMatchObject([
      {
        rule: 'cgo-flag-denied',
        severity: 'error',
        confidence: 'certain',
        message: 'example.com/app passes -fplugin=x in #cgo CFLAGS, which the go command does not let through.',
        fix: { commands: ["CGO_CFLAGS_ALLOW='-fplugin=x' go build ./..."] },
        locations: [],
      },
    ])
  })

  test('with context: points to the #cgo line', async () => {
    const facts = checkout({
      lineWith: ({ package: path, texts }) =>
        Promise.resolve(
          path === 'example.com/app' && texts.includes('-fplugin=x') ? { file: 'c.go', line: 3 } : undefined,
        ),
    })
    expect(await explain(printed, { facts })).toMatchObject([{ locations: [{ file: 'c.go', line: 3 }] }])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['cgo-directive-invalid'])
  })
})
