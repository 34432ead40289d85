import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `current directory is contained in a module that is not one of the workspace modules listed in go.work. You can add the module to the workspace using:
	go work use .`

const other = `directory ../other outside main module or its selected dependencies`

describe('workspace-not-member', () => {
  test('names the go.work in force', async () => {
    expect(await explain(printed, { facts: checkout({ work: 'go 1.21\n\nuse ./lib\n' }) })).toMatchObject([
      {
        rule: 'workspace-not-member',
        severity: 'error',
        confidence: 'certain',
        message: 'go.work is in force and does not list the module in this folder.',
        fix: { commands: ['go work use .', 'go env GOWORK'] },
        locations: [{ file: 'go.work', line: 1 }],
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['outside-module'])
  })
})
