import { describe, expect, test } from '@jest/globals'
import { explain, rulesOf } from '../../../helpers/rule-case.ts'

// As reported in https://github.com/podman-container-tools/skopeo/issues/1501
const printed = `runtime/cgo: pthread_create failed: Operation not permitted
SIGABRT: abort`

describe('container-seccomp', () => {
  test('names the cause', async () => {
    expect(await explain(printed)).toMatchObject([
      { rule: 'container-seccomp', confidence: 'likely', message: expect.stringMatching(/refuses clone3/) },
    ])
  })

  test.each([
    `runtime: failed to create new OS thread (have 2 already; errno=1)
fatal error: newosproc`,
    `make: go: Operation not permitted`,
    `node[7]: pthread_create: Operation not permitted`,
  ])('knows it in other words: %s', async (text) => {
    expect(new Set(rulesOf(await explain(text)))).toEqual(new Set(['container-seccomp']))
  })

  test.each([`runtime/cgo: pthread_create failed: Resource temporarily unavailable`])(
    'is not about: %s',
    async (text) => {
      expect(rulesOf(await explain(text))).not.toContain('container-seccomp')
    },
  )
})
