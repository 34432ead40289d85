import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `example.com/lib v1.0.0: dir has been modified (/home/dev/go/pkg/mod/example.com/lib@v1.0.0)`

const other = `go: zip: not a valid zip file`

describe('module-cache-modified', () => {
  test('names the module and what was changed', async () => {
    expect(
      await explain(printed, {
        facts: checkout({ mod: 'module example.com/app\n\ngo 1.21\n\nrequire example.com/lib v1.0.0\n' }),
      }),
    ).toMatchObject([
      {
        rule: 'module-cache-modified',
        severity: 'error',
        confidence: 'certain',
        message:
          'The module cache does not hold example.com/lib@v1.0.0 as it was published: the unpacked source was changed after its download.',
        fix: { commands: ['go clean -modcache', 'go mod download'] },
        locations: [{ file: 'go.mod', line: 5 }],
        module: 'example.com/lib',
        version: 'v1.0.0',
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['proxy-bad-answer'])
  })
})
