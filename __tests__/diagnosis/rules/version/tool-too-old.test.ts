import { describe, expect, test } from '@jest/globals'
import { explain, rulesOf } from '../../../helpers/rule-case.ts'

// As reported in https://github.com/apache/incubator-pegasus/issues/1296
const printed = `could not import bytes (/opt/hostedtoolcache/go/1.18.9/x64/src/bytes/buffer.go:10:2: could not import internal/goarch (-: could not load export data: cannot import \\"internal/goarch\\" (unknown iexport format version 2), export data is newer version - update tool))`

describe('tool-too-old', () => {
  test('names the cause', async () => {
    expect(await explain(printed)).toMatchObject([
      {
        rule: 'tool-too-old',
        confidence: 'likely',
        message: expect.stringMatching(/cannot read what Go 1\.18\.9 needs/),
      },
    ])
  })

  test.each([
    `Error: can't load config: the Go language version (go1.22) used to build golangci-lint is lower than the targeted Go version (1.23.0)`,
    `/src/app/main.go:1:1: package requires newer Go version go1.24 (application built with go1.23)`,
    `wire: internal error: package "context" without types was imported from "example.com/app"`,
  ])('knows it in other words: %s', async (text) => {
    expect(new Set(rulesOf(await explain(text)))).toEqual(new Set(['tool-too-old']))
  })

  test.each([`go: go.mod requires go >= 1.25.0 (running go 1.22.7; GOTOOLCHAIN=local)`])(
    'is not about: %s',
    async (text) => {
      expect(rulesOf(await explain(text))).not.toContain('tool-too-old')
    },
  )
})
