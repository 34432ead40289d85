import { describe, expect, test } from '@jest/globals'
import { explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `# example.com/m
/usr/bin/ld: /tmp/go-link-1/000001.o: in function \`f':
/src/app/main.go:5: warning: Using 'getpwnam' in statically linked applications requires at runtime the shared libraries from the glibc version used for linking
/usr/bin/ld: /src/app/main.go:5: warning: Using 'getaddrinfo' in statically linked applications requires at runtime the shared libraries from the glibc version used for linking`

describe('static-link-warning', () => {
  test('names the cause', async () => {
    expect(await explain(printed)).toMatchObject([
      {
        rule: 'static-link-warning',
        confidence: 'certain',
        message: expect.stringMatching(/uses getpwnam and getaddrinfo/),
      },
    ])
  })

  test.each([
    `/usr/lib/golang/src/os/user/getgrouplist_unix.go:16: 警告：Using 'getgrouplist' in statically linked applications requires at runtime the shared libraries from the glibc version used for linking`,
  ])('knows it in other words: %s', async (text) => {
    expect(new Set(rulesOf(await explain(text)))).toEqual(new Set(['static-link-warning']))
  })

  test.each([`/usr/bin/ld: cannot find -lc`])('is not about: %s', async (text) => {
    expect(rulesOf(await explain(text))).not.toContain('static-link-warning')
  })

  test('is a warning, and names the tags for both look-ups', async () => {
    expect(await explain(printed)).toMatchObject([
      {
        severity: 'warning',
        fix: { commands: [expect.stringContaining('netgo,osusergo'), 'CGO_ENABLED=0 go build ./...'] },
      },
    ])
  })
})
