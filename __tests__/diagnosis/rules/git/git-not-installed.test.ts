import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `go: github.com/acme/priv@v1.0.0: unable to resolve git version: failed to execute git version: exec: "git": executable file not found in $PATH`

const other = `# runtime/cgo
cgo: C compiler "no-such-gcc" not found: exec: "no-such-gcc": executable file not found in $PATH`

describe('git-not-installed', () => {
  test('names the program', async () => {
    expect(
      await explain(printed, {
        facts: checkout({ mod: 'module example.com/app\n\ngo 1.21\n\nrequire example.com/lib v1.0.0\n' }),
      }),
    ).toMatchObject([
      {
        rule: 'git-not-installed',
        severity: 'error',
        confidence: 'certain',
        message: 'git is needed to fetch github.com/acme/priv@v1.0.0 from its repository and is not installed here.',
        fix: { commands: ['apk add --no-cache git  # Alpine', 'apt-get install -y git  # Debian, Ubuntu'] },
        locations: [],
        module: 'github.com/acme/priv',
        version: 'v1.0.0',
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['c-compiler-missing'])
  })
})
