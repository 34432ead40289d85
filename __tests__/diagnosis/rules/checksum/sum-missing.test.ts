import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `main.go:3:8: missing go.sum entry for module providing package example.com/lib (imported by example.com/app); to add:
	go get example.com/app`

const other = `go: downloading example.com/lib v1.0.0
verifying example.com/lib@v1.0.0: checksum mismatch
	downloaded: h1:MWrsb+MdYGFVoVAWThwosSi5u4gGoooaXj08PPMUDbw=
	go.sum:     h1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=

SECURITY ERROR
This download does NOT match an earlier download recorded in go.sum.
The bits may have been replaced on the origin server, or an attacker may
have intercepted the download attempt.

For more information, see 'go help module-auth'.`

describe('sum-missing', () => {
  test('names the package and who imports it', async () => {
    expect(
      await explain(printed, {
        facts: checkout({ mod: 'module example.com/app\n\ngo 1.21\n\nrequire example.com/lib v1.0.0\n' }),
      }),
    ).toMatchObject([
      {
        rule: 'sum-missing',
        severity: 'error',
        confidence: 'certain',
        message: 'go.sum has no hash of the module that provides example.com/lib, which example.com/app imports.',
        fix: { commands: ['go mod tidy'] },
        locations: [{ file: 'main.go', line: 3, column: 8 }],
      },
    ])
  })

  test('tells all that one go mod tidy would add as one', async () => {
    const all = ['a', 'b', 'c']
      .map(
        (name, index) =>
          `main.go:${index + 3}:8: missing go.sum entry for module providing package example.com/${name} (imported by example.com/app); to add:\n\tgo get example.com/app`,
      )
      .join('\n')
    expect(await explain(all)).toMatchObject([
      {
        rule: 'sum-missing',
        message: 'go.sum has no hash of the modules that provide example.com/a, example.com/b and example.com/c.',
        locations: [{ line: 3 }, { line: 4 }, { line: 5 }],
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['sum-mismatch'])
  })
})
