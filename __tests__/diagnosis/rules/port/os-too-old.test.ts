import { describe, expect, test } from '@jest/globals'
import { explain, rulesOf } from '../../../helpers/rule-case.ts'

// As reported in https://github.com/nicocha30/ligolo-ng/issues/158
const printed = `C:\\Windows\\System32\\ligolo>agent -h
fatal error: bcryptprimitives.dll not found
runtime: panic before malloc heap initialized

runtime stack:
runtime.throw({0x13148ca?, 0x157c980?})
        /opt/hostedtoolcache/go/1.23.9/x64/src/runtime/panic.go:1073 +0x4d fp=0x33fcd0 sp=0x33fca0 pc=0xfeb08d`

describe('os-too-old', () => {
  test('names the cause', async () => {
    expect(await explain(printed)).toMatchObject([
      {
        rule: 'os-too-old',
        confidence: 'certain',
        message: expect.stringMatching(/built with Go 1\.23\.9, needs a newer Windows/),
      },
    ])
  })

  test.each([
    `dyld: Symbol not found: _SecTrustCopyCertificateChain
  Referenced from: /usr/local/bin/app (which was built for Mac OS X 11.0)
  Expected in: /System/Library/Frameworks/Security.framework/Versions/A/Security`,
    `FATAL: kernel too old`,
    `Exception 0xc0000005 0x8 0x0 0x0
PC=0x0`,
  ])('knows it in other words: %s', async (text) => {
    expect(new Set(rulesOf(await explain(text)))).toEqual(new Set(['os-too-old']))
  })

  test.each([`Error relocating /app: __vfprintf_chk: symbol not found`])('is not about: %s', async (text) => {
    expect(rulesOf(await explain(text))).not.toContain('os-too-old')
  })
})
