import { describe, expect, test } from '@jest/globals'
import { explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `go: -mod may only be set to readonly or vendor when in workspace mode, but it is set to "mod"
	Remove the -mod flag to use the default readonly value, 
	or set GOWORK=off to disable workspace mode.`

const other = `go: cannot load module ../gone listed in go.work file: open ../gone/go.mod: no such file or directory`

describe('workspace-flag', () => {
  test('names the flag', async () => {
    expect(await explain(printed)).toMatchObject([
      {
        rule: 'workspace-flag',
        severity: 'error',
        confidence: 'certain',
        message: '-mod=mod cannot be used while a go.work is in force.',
        locations: [],
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['workspace-module-missing'])
  })
})
