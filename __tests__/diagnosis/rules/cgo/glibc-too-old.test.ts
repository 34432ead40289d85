import { describe, expect, test } from '@jest/globals'
import { explain, rulesOf } from '../../../helpers/rule-case.ts'

// As reported in https://github.com/crazy-max/xgo/issues/50
const printed = `test-app: /lib/x86_64-linux-gnu/libc.so.6: version 'GLIBC_2.32' not found (required by test-app)`

describe('glibc-too-old', () => {
  test('names the cause', async () => {
    expect(await explain(printed)).toMatchObject([
      {
        rule: 'glibc-too-old',
        confidence: 'certain',
        message: expect.stringMatching(/^test-app was built with glibc 2\.32 or newer/),
      },
    ])
  })

  test.each([
    `./app: /lib64/libc.so.6: version \`GLIBC_2.34' not found (required by ./app)`,
    `./app: /usr/lib/libstdc++.so.6: version \`GLIBCXX_3.4.29' not found (required by ./app)`,
    `/usr/bin/ld: libfoo.a(foo.o): in function \`f':
foo.c:(.text+0x1d): undefined reference to \`fcntl64@GLIBC_2.28'`,
  ])('knows it in other words: %s', async (text) => {
    expect(new Set(rulesOf(await explain(text)))).toEqual(new Set(['glibc-too-old']))
  })

  test.each([
    `./app: error while loading shared libraries: libfoo.so.1: cannot open shared object file: No such file or directory`,
  ])('is not about: %s', async (text) => {
    expect(rulesOf(await explain(text))).not.toContain('glibc-too-old')
  })

  test('names the highest version of several once', async () => {
    const lines = ['2.9', '2.34', '2.28'].map(
      (v) => `./app: /lib64/libc.so.6: version \`GLIBC_${v}' not found (required by ./app)`,
    )
    expect(await explain(lines.join('\n'))).toMatchObject([{ message: expect.stringContaining('glibc 2.34') }])
  })
})
