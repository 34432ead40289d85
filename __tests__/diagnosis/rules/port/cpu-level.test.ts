import { describe, expect, test } from '@jest/globals'
import { explain, rulesOf } from '../../../helpers/rule-case.ts'

// The sentences stand in runtime/asm_amd64.s and runtime/asm_arm64.s of Go 1.26.
const amd64 = 'This program can only be run on AMD64 processors with v3 microarchitecture support.'
const arm64 = 'This program can only run on ARM64 processors with LSE support.'

describe('cpu-level', () => {
  test('names the setting and a lower one', async () => {
    const [finding] = await explain(amd64)
    expect(finding).toMatchObject({
      rule: 'cpu-level',
      message: 'It was built with GOAMD64=v3, and the processor it runs on has not got that.',
    })
    expect(finding?.fix.summary).toMatch(/^Build with GOAMD64=v2 or lower/)
    expect((await explain(arm64))[0]?.message).toContain('GOARM64=…,lse')
  })

  test('leaves a program for another processor to its own rule', async () => {
    expect(rulesOf(await explain('fork/exec /tmp/go-build2886434404/b001/exe/app: exec format error'))).toEqual([
      'exec-format',
    ])
  })
})
