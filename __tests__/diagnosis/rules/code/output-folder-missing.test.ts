import { describe, expect, test } from '@jest/globals'
import { explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = 'open /src/app/out/coverage.out: no such file or directory'

describe('output-folder-missing', () => {
  test('names the folder', async () => {
    expect(await explain(printed)).toMatchObject([
      {
        rule: 'output-folder-missing',
        severity: 'error',
        confidence: 'likely',
        message: 'A profile is to be written to /src/app/out/coverage.out, and its folder is not there.',
        fix: { commands: ['mkdir -p /src/app/out'] },
      },
    ])
  })

  test('is silent about other files that are not there', async () => {
    expect(rulesOf(await explain('go: open /src/app/go.mod: no such file or directory'))).not.toContain(
      'output-folder-missing',
    )
    expect(rulesOf(await explain('open testdata/golden.txt: no such file or directory'))).not.toContain(
      'output-folder-missing',
    )
  })

  test('with context: the command says which flag it was', async () => {
    expect(
      await explain(`$ go test -coverprofile=out/c.out ./...\nopen /src/app/out/c.out: no such file or directory`),
    ).toMatchObject([
      {
        rule: 'output-folder-missing',
        confidence: 'certain',
        message: '-coverprofile is to be written to /src/app/out/c.out, and its folder is not there.',
        fix: { commands: ['mkdir -p out'] },
      },
    ])
  })
})
