import { describe, expect, test } from '@jest/globals'
import { explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `failed to initialize build cache at /dev/null/x: mkdir /dev/null: not a directory`

const other = `fork/exec /tmp/noexec/go-build440316662/b001/exe/app: permission denied`

describe('cache-permission', () => {
  test('names the cache', async () => {
    expect(await explain(printed)).toMatchObject([
      {
        rule: 'cache-permission',
        severity: 'error',
        confidence: 'certain',
        message: 'The build cache cannot be used: mkdir /dev/null: not a directory.',
        fix: { commands: ['go env GOCACHE', 'id -un'] },
        locations: [],
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['tmp-noexec'])
  })
})
