import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `go: invalid GOWORK: not an absolute path`

const other = `go: cannot load module ../gone listed in go.work file: open ../gone/go.mod: no such file or directory`

describe('gowork-invalid', () => {
  test('names the value', async () => {
    expect(await explain(printed, { facts: checkout({ env: { GOWORK: 'go.work' } }) })).toMatchObject([
      {
        rule: 'gowork-invalid',
        severity: 'error',
        confidence: 'certain',
        message: 'GOWORK=go.work is no absolute path.',
        fix: { commands: ['go env -u GOWORK'] },
        locations: [],
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['workspace-module-missing'])
  })
})
