import { describe, expect, test } from '@jest/globals'
import { explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `go: go.mod file not found in current directory or any parent directory; see 'go help modules'`

const other = `directory ../other outside main module or its selected dependencies`

describe('no-go-mod', () => {
  test('says where to run', async () => {
    expect(await explain(printed)).toMatchObject([
      {
        rule: 'no-go-mod',
        severity: 'error',
        confidence: 'certain',
        message: 'There is no go.mod in this folder, nor in any above it.',
        fix: { commands: ['go mod init example.com/your/module', 'go mod tidy'] },
        locations: [],
      },
    ])
  })

  test('knows it behind a package that nothing could provide', async () => {
    // What the reflect mode of mockgen prints outside of a module.
    const text =
      "prog.go:12:2: no required module provides package github.com/golang/mock/mockgen/model: go.mod file not found in current directory or any parent directory; see 'go help modules'"
    expect(rulesOf(await explain(text))).toEqual(['no-go-mod'])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['outside-module'])
  })
})
