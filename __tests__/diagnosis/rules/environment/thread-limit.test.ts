import { describe, expect, test } from '@jest/globals'
import { explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `runtime: failed to create new OS thread (have 9 already; errno=11)
runtime: may need to increase max user processes (ulimit -u)
fatal error: newosproc`

describe('thread-limit', () => {
  test('names the cause', async () => {
    expect(await explain(printed)).toMatchObject([
      { rule: 'thread-limit', confidence: 'certain', message: expect.stringMatching(/limit of processes and threads/) },
    ])
  })

  test.each([
    `runtime/cgo: pthread_create failed: Resource temporarily unavailable`,
    `go: error obtaining buildID for go tool compile: fork/exec /usr/local/go/pkg/tool/linux_amd64/compile: resource temporarily unavailable`,
  ])('knows it in other words: %s', async (text) => {
    expect(new Set(rulesOf(await explain(text)))).toEqual(new Set(['thread-limit']))
  })

  test.each([`runtime: failed to create new OS thread (have 2 already; errno=1)`])('is not about: %s', async (text) => {
    expect(rulesOf(await explain(text))).not.toContain('thread-limit')
  })
})
