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

  test.each([
    [`d/d.go:3:8: malformed import path "-x/y": leading dash`, '-x/y is no import path: leading dash.'],
    [
      `d/d.go:3:8: "/abs" is not a package path; see 'go help packages'`,
      '/abs is no import path: it begins with a slash.',
    ],
    ['/src/app/d/d.go:3:8: invalid import path: a b', 'a b is no import path.'],
    [
      "package example.com/m/d\n\timports example.com/x@v1.0.0: can only use path@version syntax with 'go get' and 'go install' in module-aware mode",
      'example.com/x@v1.0.0 is no import path: versions stand in go.mod, not in imports.',
    ],
  ])('knows it in other words: %s', async (text, message) => {
    expect(await explain(text)).toMatchObject([{ rule: 'import-path-invalid', message }])
  })

  test('with context: points to the import that go names no place for', async () => {
    const text =
      "package example.com/m/d\n\timports example.com/x@v1.0.0: can only use path@version syntax with 'go get' and 'go install' in module-aware mode"
    const facts = checkout({
      mod: 'module example.com/m\n',
      importLine: () => Promise.resolve({ file: 'd/d.go', line: 3 }),
    })
    expect(await explain(text, { facts })).toMatchObject([{ locations: [{ file: 'd/d.go', line: 3 }] }])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['module-path-no-dot'])
  })
})
