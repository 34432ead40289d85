import { describe, expect, test } from '@jest/globals'
import { explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `go: downloading example.com/tool v1.0.0
go: example.com/tool@v1.0.0 (in example.com/tool@v1.0.0):
	The go.mod file for the module providing named packages contains one or
	more replace directives. It must not contain directives that would cause
	it to be interpreted differently than if it were the main module.`

const other = `main.go:3:8: module example.com/lib provides package example.com/lib and is replaced but not required; to add it:
	go get example.com/lib`

describe('install-with-replace', () => {
  test('names module and version', async () => {
    expect(await explain(printed)).toMatchObject([
      {
        rule: 'install-with-replace',
        severity: 'error',
        confidence: 'certain',
        message: 'example.com/tool@v1.0.0 has replace lines in its go.mod, so go install cannot build it by version.',
        fix: { commands: ['git clone --branch v1.0.0 https://example.com/tool tool && cd tool && go install ./...'] },
        locations: [],
        module: 'example.com/tool',
        version: 'v1.0.0',
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['replaced-not-required'])
  })
})
