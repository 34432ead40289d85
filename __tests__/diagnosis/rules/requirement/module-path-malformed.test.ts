import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = 'go: malformed module path "https://github.com/acme/app": double slash'

describe('module-path-malformed', () => {
  test('cuts an address down to a path', async () => {
    expect(await explain(printed)).toMatchObject([
      {
        rule: 'module-path-malformed',
        severity: 'error',
        confidence: 'certain',
        message: 'https://github.com/acme/app cannot be the path of a module: double slash.',
        fix: { commands: ['go mod edit -module=github.com/acme/app'] },
      },
    ])
  })

  test('knows that // begins a comment in go.mod', async () => {
    expect(await explain(`go: malformed module path "https:": invalid char ':'`)).toMatchObject([
      { fix: { summary: expect.stringMatching(/^Leave https: and the slashes after it away/) } },
    ])
  })

  test.each([
    [`go: malformed module path "My App": invalid char ' '`],
    [`go: malformed module path "exa\\\\mple.com/x": invalid char '\\\\'`],
    ['go: malformed module path "-x/y": leading dash'],
    ['go: malformed module path "./x": is a local import path'],
    ['go: errors parsing go.mod:\ngo.mod:1: usage: module module/path'],
  ])('knows it in other words: %s', async (text) => {
    expect(await explain(text)).toMatchObject([{ rule: 'module-path-malformed', fix: {} }])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain('go: malformed module path "app": missing dot in first path element'))).toEqual([
      'module-path-no-dot',
    ])
  })

  test('with context: points to the module line, and is silent about a path that is not of this module', async () => {
    expect(
      await explain(`go: malformed module path "exa\\\\mple.com/x": invalid char '\\\\'`, {
        facts: checkout({ mod: '// app\nmodule exa\\mple.com/x\n' }),
      }),
    ).toMatchObject([{ rule: 'module-path-malformed', locations: [{ file: 'go.mod', line: 2 }] }])
    expect(rulesOf(await explain(printed, { facts: checkout({ mod: 'module example.com/other\n' }) }))).not.toContain(
      'module-path-malformed',
    )
  })
})
