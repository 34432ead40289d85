import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `go: example.com/lib@v1.0.0: module lookup disabled by GOPROXY=off`

const other = `go: example.com/lib@v1.0.0: Get "http://127.0.0.1:1/example.com/lib/@v/v1.0.0.mod": dial tcp 127.0.0.1:1: connect: connection refused`

describe('proxy-off', () => {
  test('names the module', async () => {
    expect(
      await explain(printed, {
        facts: checkout({ mod: 'module example.com/app\n\ngo 1.21\n\nrequire example.com/lib v1.0.0\n' }),
      }),
    ).toMatchObject([
      {
        rule: 'proxy-off',
        severity: 'error',
        confidence: 'certain',
        message: 'example.com/lib@v1.0.0 is not in the module cache, and GOPROXY=off forbids to download it.',
        fix: { commands: ['go mod download'] },
        locations: [{ file: 'go.mod', line: 5 }],
        module: 'example.com/lib',
        version: 'v1.0.0',
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['proxy-unreachable'])
  })
})
