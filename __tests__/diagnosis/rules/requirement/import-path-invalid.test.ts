import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `main.go:3:8: "./x" is relative, but relative import paths are not supported in module mode
main.go:3:8: local import "./x" in non-local package`

const other = `go: corp/util@v1.0.0: unrecognized import path "corp/util": import path does not begin with hostname`

describe('import-path-invalid', () => {
  test('gives the whole path, once', async () => {
    expect(
      await explain(printed, {
        facts: checkout({ mod: 'module example.com/app\n\ngo 1.21\n\nrequire example.com/lib v1.0.0\n' }),
      }),
    ).toMatchObject([
      {
        rule: 'import-path-invalid',
        severity: 'error',
        confidence: 'certain',
        message: 'The import ./x is relative, which modules do not allow.',
        locations: [{ file: 'main.go', line: 3, column: 8 }],
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['module-path-no-dot'])
  })
})
