import { describe, expect, test } from '@jest/globals'
import { explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `qemu: uncaught target signal 11 (Segmentation fault) - core dumped
Segmentation fault (core dumped)`

describe('qemu-crash', () => {
  test('names the cause', async () => {
    expect(await explain(printed)).toMatchObject([
      {
        rule: 'qemu-crash',
        confidence: 'certain',
        message: expect.stringMatching(/crashed in the emulator \(Segmentation fault\)/),
      },
    ])
  })

  test.each([
    `runtime: lfstack.push invalid packing: node=0xffff6542b2c0 cnt=0x1 packed=0xffff6542b2c00001 -> node=0x6542b2c0
fatal error: lfstack.push`,
  ])('knows it in other words: %s', async (text) => {
    expect(new Set(rulesOf(await explain(text)))).toEqual(new Set(['qemu-crash']))
  })

  test.each([`qemu-x86_64: Could not open '/lib64/ld-linux-x86-64.so.2': No such file or directory`])(
    'is not about: %s',
    async (text) => {
      expect(rulesOf(await explain(text))).not.toContain('qemu-crash')
    },
  )
})
