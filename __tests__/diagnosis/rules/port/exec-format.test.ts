import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `fork/exec /tmp/go-build2886434404/b001/exe/app: exec format error`

const other = `fork/exec /tmp/noexec/go-build440316662/b001/exe/app: permission denied`

describe('exec-format', () => {
  test('knows what the go command built', async () => {
    expect(
      await explain(printed, {
        facts: checkout({ env: { GOOS: 'linux', GOARCH: 'arm64', GOHOSTOS: 'linux', GOHOSTARCH: 'amd64' } }),
      }),
    ).toMatchObject([
      {
        rule: 'exec-format',
        severity: 'error',
        confidence: 'certain',
        message: 'The go command built app for linux/arm64 and then tried to run it on linux/amd64.',
        fix: { commands: ['go env -u GOOS', 'go env -u GOARCH'] },
        locations: [],
      },
    ])
  })

  test.each([
    'zsh: bad CPU type in executable: ./tool',
    'standard_init_linux.go:228: exec user process caused: exec format error',
    './app: 1: Syntax error: "(" unexpected',
    "This version of C:\\app.exe is not compatible with the version of Windows you're running. Check your computer's system information",
  ])('knows it in other words: %s', async (text) => {
    expect(rulesOf(await explain(text))).toEqual(['exec-format'])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['tmp-noexec'])
  })
})
