import { describe, expect, test } from '@jest/globals'
import { explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `./app: error while loading shared libraries: libsqlite3.so.0: cannot open shared object file: No such file or directory`

describe('shared-library-missing', () => {
  test('names the cause', async () => {
    expect(await explain(printed)).toMatchObject([
      {
        rule: 'shared-library-missing',
        confidence: 'certain',
        message: expect.stringMatching(/^libsqlite3\.so\.0 is not on the system/),
      },
    ])
  })

  test.each([
    `dyld[4711]: Library not loaded: /opt/homebrew/opt/vips/lib/libvips.42.dylib
  Referenced from: <5E1F> /usr/local/bin/app
  Reason: tried: '/opt/homebrew/opt/vips/lib/libvips.42.dylib' (no such file)`,
    `Error loading shared library libgcc_s.so.1: No such file or directory (needed by /app/server)`,
    `exit status 0xc0000135`,
  ])('knows it in other words: %s', async (text) => {
    expect(new Set(rulesOf(await explain(text)))).toEqual(new Set(['shared-library-missing']))
  })

  test.each([`sh: 1: ./t: not found`])('is not about: %s', async (text) => {
    expect(rulesOf(await explain(text))).not.toContain('shared-library-missing')
  })
})
