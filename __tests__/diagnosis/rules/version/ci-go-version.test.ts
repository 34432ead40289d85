import { describe, expect, test } from '@jest/globals'
import { explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `##[error]Unable to find Go version '1.2' for platform linux and architecture x64.`

describe('ci-go-version', () => {
  test('names the cause', async () => {
    expect(await explain(printed)).toMatchObject([
      {
        rule: 'ci-go-version',
        confidence: 'certain',
        message: expect.stringMatching(/^The pipeline asks for Go 1\.2\. Written without quotes/),
      },
    ])
  })

  test.each([
    `##[error]Unable to find Go version '1.99.0' for platform darwin and architecture arm64.`,
    `ERROR: failed to solve: golang:1.2-alpine: not found`,
  ])('knows it in other words: %s', async (text) => {
    expect(new Set(rulesOf(await explain(text)))).toEqual(new Set(['ci-go-version']))
  })

  test.each([`go: download go1.22 for linux/amd64: toolchain not available`])('is not about: %s', async (text) => {
    expect(rulesOf(await explain(text))).not.toContain('ci-go-version')
  })
})
