import { describe, expect, test } from '@jest/globals'
import { explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `# example.com/app
ld: unknown option: --no-gc-sections
clang: error: linker command failed with exit code 1 (use -v to see invocation)`

describe('linker-option', () => {
  test('names the cause', async () => {
    expect(await explain(printed)).toMatchObject([
      { rule: 'linker-option', confidence: 'likely', message: expect.stringMatching(/does not know --no-gc-sections/) },
    ])
  })

  test.each([
    `# example.com/app
clang: error: unsupported option '-fno-semantic-interposition'`,
    `ld: framework not found UniformTypeIdentifiers`,
    `LINK : fatal error LNK1181: cannot open input file 'foo.lib'`,
    `collect2: fatal error: cannot find 'ld'`,
    `ld: warning: ignoring file '/usr/local/lib/libvips.dylib': found architecture 'x86_64', required architecture 'arm64'`,
  ])('knows it in other words: %s', async (text) => {
    expect(new Set(rulesOf(await explain(text)))).toEqual(new Set(['linker-option']))
  })

  test.each([`gcc: error: unrecognized command line option '-marm'`])('is not about: %s', async (text) => {
    expect(rulesOf(await explain(text))).not.toContain('linker-option')
  })
})
