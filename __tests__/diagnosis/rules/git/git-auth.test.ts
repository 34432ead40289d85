import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `go: github.com/acme/priv@v1.0.0: reading github.com/acme/priv/go.mod at revision v1.0.0: git ls-remote -q --end-of-options https://github.com/acme/priv in /home/dev/go/pkg/mod/cache/vcs/44184e675f7060abfe076d7a1c604431c0836ae9d2ee89fe5818d72b87d8fa50: exit status 128:
	fatal: could not read Username for 'http://127.0.0.1:8080': terminal prompts disabled
Confirm the import path was entered correctly.
If this is a private repository, see https://golang.org/doc/faq#git_https for additional information.`

const other = `go: github.com/acme/priv@v1.0.0: reading github.com/acme/priv/go.mod at revision v1.0.0: git ls-remote -q --end-of-options https://github.com/acme/priv in /home/dev/go/pkg/mod/cache/vcs/44184e675f7060abfe076d7a1c604431c0836ae9d2ee89fe5818d72b87d8fa50: exit status 128:
	remote: not found: module not in this mirror
	fatal: repository 'http://127.0.0.1:8080/404/acme/priv/' not found`

describe('git-auth', () => {
  test('gives the smallest GOPRIVATE and a token for the host', async () => {
    expect(
      await explain(printed, {
        facts: checkout({ mod: 'module example.com/app\n\ngo 1.21\n\nrequire example.com/lib v1.0.0\n' }),
      }),
    ).toMatchObject([
      {
        rule: 'git-auth',
        severity: 'error',
        confidence: 'certain',
        message:
          '127.0.0.1:8080 asks for a login to fetch github.com/acme/priv@v1.0.0: the repository is private, or its name is wrong, and git has no credentials for it here.',
        fix: {
          commands: [
            'go env -w GOPRIVATE=github.com/acme/priv',
            'git config --global url."https://x-access-token:${TOKEN}@127.0.0.1:8080/".insteadOf "https://127.0.0.1:8080/"',
          ],
        },
        locations: [],
        module: 'github.com/acme/priv',
        version: 'v1.0.0',
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['git-repository-missing'])
  })
})
