import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `error obtaining VCS status: exit status 128
	Use -buildvcs=false to disable VCS stamping.`

const other = `go: github.com/acme/priv@v1.0.0: unable to resolve git version: failed to execute git version: exec: "git": executable file not found in $PATH`

describe('vcs-stamping', () => {
  test('says who is most likely to blame', async () => {
    expect(
      await explain(printed, {
        facts: checkout({ mod: 'module example.com/app\n\ngo 1.21\n\nrequire example.com/lib v1.0.0\n' }),
      }),
    ).toMatchObject([
      {
        rule: 'vcs-stamping',
        severity: 'error',
        confidence: 'likely',
        message:
          'git refused to say which commit this is (exit status 128): most likely the checkout belongs to another user, as in a container.',
        fix: { commands: ['git config --global --add safe.directory "$PWD"'] },
        locations: [],
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['git-not-installed'])
  })
})
