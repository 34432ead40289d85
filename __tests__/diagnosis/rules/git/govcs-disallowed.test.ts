import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `go: example.com/priv.git@v1.0.0: GOVCS disallows using git for public example.com/priv.git; see 'go help vcs'`

const other = `go: github.com/acme/priv@v1.0.0: unable to resolve git version: failed to execute git version: exec: "git": executable file not found in $PATH`

describe('govcs-disallowed', () => {
  test('allows the program for this path alone', async () => {
    expect(await explain(printed, { facts: checkout({ env: { GOVCS: '*:off' } }) })).toMatchObject([
      {
        rule: 'govcs-disallowed',
        severity: 'error',
        confidence: 'certain',
        message: 'GOVCS=*:off does not allow git for example.com/priv.git, which counts as public.',
        fix: { commands: ['go env -w GOVCS=example.com/priv.git:git'] },
        locations: [],
        module: 'example.com/priv.git',
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['git-not-installed'])
  })
})
