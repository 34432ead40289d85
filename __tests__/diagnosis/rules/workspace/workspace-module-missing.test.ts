import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `go: cannot load module ../gone listed in go.work file: open ../gone/go.mod: no such file or directory`

const other = `current directory is contained in a module that is not one of the workspace modules listed in go.work. You can add the module to the workspace using:
	go work use .`

describe('workspace-module-missing', () => {
  test('points to the use line', async () => {
    expect(
      await explain(printed, { facts: checkout({ work: 'go 1.21\n\nuse (\n\t./app\n\t./gone\n)\n' }) }),
    ).toMatchObject([
      {
        rule: 'workspace-module-missing',
        severity: 'error',
        confidence: 'certain',
        message: 'go.work uses ./gone, and there is no module there.',
        fix: { commands: ['go work edit -dropuse=./gone'] },
        locations: [{ file: 'go.work', line: 5 }],
      },
    ])
  })

  test('with context: finds the line of a folder that is printed as a whole path', async () => {
    const text = 'go: cannot load module /src listed in go.work file: open /src/go.mod: no such file or directory'
    expect(await explain(text, { facts: checkout({ work: 'go 1.22\n\nuse ./a\nuse ../../..\n' }) })).toMatchObject([
      {
        message: 'go.work uses ../../.., and there is no module there.',
        locations: [{ file: 'go.work', line: 4 }],
        fix: { commands: ['go work edit -dropuse=../../..'] },
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['workspace-not-member'])
  })
})
