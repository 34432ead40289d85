import { describe, expect, test } from '@jest/globals'
import { explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `main module (example.com/app) does not contain package example.com/app/sub`

const other = `go: go.mod file not found in current directory or any parent directory; see 'go help modules'`

describe('outside-module', () => {
  test('knows a nested module', async () => {
    expect(await explain(printed)).toMatchObject([
      {
        rule: 'outside-module',
        severity: 'error',
        confidence: 'likely',
        message: 'sub holds a module of its own, so example.com/app does not contain it.',
        fix: { commands: ['go -C sub build ./...', 'go work init . ./sub  # for both together'] },
        locations: [],
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['no-go-mod'])
  })

  test('a pattern below a folder that is not there', async () => {
    expect(await explain('pattern ./cmd/...: lstat ./cmd/: no such file or directory')).toMatchObject([
      { rule: 'outside-module', confidence: 'certain', message: './cmd/ does not exist.' },
    ])
  })
})
