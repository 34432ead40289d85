import { describe, expect, test } from '@jest/globals'
import { explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `fork/exec /tmp/noexec/go-build440316662/b001/exe/app: permission denied`

const other = `fork/exec /tmp/go-build2886434404/b001/exe/app: exec format error`

describe('tmp-noexec', () => {
  test('names the folder', async () => {
    expect(await explain(printed)).toMatchObject([
      {
        rule: 'tmp-noexec',
        severity: 'error',
        confidence: 'likely',
        message: 'What the go command built may not be run from /tmp/noexec; most likely it is mounted noexec.',
        fix: { commands: ['mkdir -p "$HOME/.cache/go-tmp" && GOTMPDIR="$HOME/.cache/go-tmp" go test ./...'] },
        locations: [],
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['exec-format'])
  })
})
