import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `go: github.com/acme/priv@v1.0.0: reading github.com/acme/priv/go.mod at revision v1.0.0: git ls-remote -q --end-of-options https://github.com/acme/priv in /home/dev/go/pkg/mod/cache/vcs/44184e675f7060abfe076d7a1c604431c0836ae9d2ee89fe5818d72b87d8fa50: exit status 128:
	ssh: connect to host 127.0.0.1 port 1: Connection refused
	fatal: Could not read from remote repository.
	
	Please make sure you have the correct access rights
	and the repository exists.`

const other = `go: github.com/acme/priv@v1.0.0: reading github.com/acme/priv/go.mod at revision v1.0.0: git ls-remote -q --end-of-options https://github.com/acme/priv in /home/dev/go/pkg/mod/cache/vcs/44184e675f7060abfe076d7a1c604431c0836ae9d2ee89fe5818d72b87d8fa50: exit status 128:
	fatal: unable to access 'https://git.invalid/acme/priv/': Could not resolve host: git.invalid`

describe('git-ssh', () => {
  test('names the host', async () => {
    expect(
      await explain(printed, {
        facts: checkout({ mod: 'module example.com/app\n\ngo 1.21\n\nrequire example.com/lib v1.0.0\n' }),
      }),
    ).toMatchObject([
      {
        rule: 'git-ssh',
        severity: 'error',
        confidence: 'certain',
        message: 'ssh cannot reach 127.0.0.1 (Connection refused), so git did not fetch github.com/acme/priv@v1.0.0.',
        fix: { commands: ['git config --get-regexp insteadof'] },
        locations: [],
        module: 'github.com/acme/priv',
        version: 'v1.0.0',
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['git-unreachable'])
  })
})
