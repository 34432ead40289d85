import { describe, expect, test } from '@jest/globals'
import { explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `build cache is required, but could not be located: GOCACHE is not defined and neither $XDG_CACHE_HOME nor $HOME are defined`

const other = `failed to initialize build cache at /dev/null/x: mkdir /dev/null: not a directory`

describe('cache-location', () => {
  test('says what is missing', async () => {
    expect(await explain(printed)).toMatchObject([
      {
        rule: 'cache-location',
        severity: 'error',
        confidence: 'certain',
        message: 'There is no HOME and no GOCACHE, so the go command does not know where its build cache is.',
        fix: { commands: ['export GOCACHE=/tmp/go-cache GOMODCACHE=/tmp/go-mod'] },
        locations: [],
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['cache-permission'])
  })
})
