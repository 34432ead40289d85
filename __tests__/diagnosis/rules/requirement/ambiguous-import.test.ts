import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `main.go:3:8: ambiguous import: found package example.com/big/part in multiple modules:
	example.com/big v1.0.0 (/home/dev/go/pkg/mod/example.com/big@v1.0.0/part)
	example.com/big/part v1.0.0 (/home/dev/go/pkg/mod/example.com/big/part@v1.0.0)`

const other = `main.go:3:8: no required module provides package example.com/lib; to add it:
	go get example.com/lib`

describe('ambiguous-import', () => {
  test('names both modules and raises the outer one', async () => {
    expect(
      await explain(printed, {
        facts: checkout({
          mod: 'module example.com/app\n\nrequire (\n\texample.com/big v1.0.0\n\texample.com/big/part v1.0.0\n)\n',
        }),
      }),
    ).toMatchObject([
      {
        rule: 'ambiguous-import',
        severity: 'error',
        confidence: 'certain',
        message: 'example.com/big/part is in example.com/big@v1.0.0 and in example.com/big/part@v1.0.0.',
        fix: { commands: ['go get example.com/big@latest', 'go get example.com/big@none  # to drop it'] },
        locations: [
          { file: 'main.go', line: 3, column: 8 },
          { file: 'go.mod', line: 4 },
        ],
        module: 'example.com/big',
        version: 'v1.0.0',
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['no-required-module'])
  })
})
