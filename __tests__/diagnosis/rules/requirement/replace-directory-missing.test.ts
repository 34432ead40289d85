import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `main.go:3:8: example.com/lib@v1.0.0: replacement directory ../lib does not exist`

const other = `main.go:3:8: module example.com/lib provides package example.com/lib and is replaced but not required; to add it:
	go get example.com/lib`

describe('replace-directory-missing', () => {
  test('drops the line when a published version will do', async () => {
    expect(
      await explain(printed, {
        facts: checkout({
          mod:
            'module example.com/app\n\ngo 1.21\n\nrequire example.com/lib v1.0.0\n' +
            '\nreplace example.com/lib => ../lib\n',
        }),
      }),
    ).toMatchObject([
      {
        rule: 'replace-directory-missing',
        severity: 'error',
        confidence: 'certain',
        message:
          'go.mod replaces example.com/lib by the folder ../lib, which is not there; it lies outside the module.',
        fix: { commands: ['go mod edit -dropreplace=example.com/lib', 'go mod tidy'] },
        locations: [{ file: 'go.mod', line: 7 }],
        module: 'example.com/lib',
        version: 'v1.0.0',
      },
    ])
  })

  test('says so when the folder is there and holds no module', async () => {
    const text =
      'main.go:2:8: example.com/x@v1.0.0 (replaced by ./x): reading x/go.mod: open /src/app/x/go.mod: no such file or directory'
    expect(await explain(text)).toMatchObject([
      {
        rule: 'replace-directory-missing',
        title: 'A replace line points to a folder that holds no module',
        message: 'go.mod replaces example.com/x by the folder ./x, which holds no go.mod.',
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['replaced-not-required'])
  })
})
