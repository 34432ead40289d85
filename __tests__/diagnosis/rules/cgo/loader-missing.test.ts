import { describe, expect, test } from '@jest/globals'
import { explain, rulesOf } from '../../../helpers/rule-case.ts'

// As reported in https://github.com/gliderlabs/docker-alpine/issues/78
const printed = `sh: ./foo: not found

# ldd foo
	linux-vdso.so.1 =>  (0x00007fff489fe000)
	libc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007fbb4c8fe000)`

describe('loader-missing', () => {
  test('names the cause', async () => {
    expect(await explain(printed)).toMatchObject([
      {
        rule: 'loader-missing',
        confidence: 'likely',
        message: expect.stringMatching(/^\.\/foo is there, but the dynamic loader/),
      },
    ])
  })

  test.each([
    `bash: line 1: ./t: cannot execute: required file not found`,
    `Error relocating /go/bin/cloud-config-server: __vfprintf_chk: symbol not found`,
    `standard_init_linux.go:228: exec user process caused: no such file or directory`,
    `exec /app/server: no such file or directory`,
    `Error loading shared library ld-linux-x86-64.so.2: No such file or directory (needed by /app/server)`,
    `qemu-x86_64: Could not open '/lib64/ld-linux-x86-64.so.2': No such file or directory`,
    `rosetta error: failed to open elf at /lib64/ld-linux-x86-64.so.2`,
    `Error loading shared library libresolv.so.2: No such file or directory (needed by /app)`,
    `/entrypoint.sh: line 5: /usr/bin/app: not found`,
  ])('knows it in other words: %s', async (text) => {
    expect(new Set(rulesOf(await explain(text)))).toEqual(new Set(['loader-missing']))
  })

  test.each([`sh: 1: nosuchtool: not found`, `bash: line 40: ./a.sh: cannot execute: required file not found`])(
    'is not about: %s',
    async (text) => {
      expect(rulesOf(await explain(text))).not.toContain('loader-missing')
    },
  )

  test('only guesses when nothing shows that the file is there', async () => {
    expect(await explain('sh: 1: ./t: not found')).toMatchObject([{ rule: 'loader-missing', confidence: 'guess' }])
  })
})
