import { describe, expect, test } from '@jest/globals'
import { explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `go: git.corp.example/lib@v1.0.0: git ls-remote -q origin in /home/user/go/pkg/mod/cache/vcs/1: exit status 128:
	fatal: unable to access 'https://git.corp.example/lib/': server certificate verification failed. CAfile: none CRLfile: none`

describe('git-tls', () => {
  test('names the cause', async () => {
    expect(await explain(printed)).toMatchObject([
      {
        rule: 'git-tls',
        confidence: 'certain',
        message: expect.stringMatching(
          /^git cannot fetch git\.corp\.example\/lib@v1\.0\.0 from git\.corp\.example: server certificate/,
        ),
      },
    ])
  })

  test.each([
    `fatal: unable to access 'https://git.corp.example/lib/': SSL certificate problem: self-signed certificate in certificate chain`,
    `fatal: unable to access 'https://git.corp.example/lib/': schannel: next InitializeSecurityContext failed: SEC_E_UNTRUSTED_ROOT (0x80090325) - The certificate chain was issued by an authority that is not trusted.`,
    `fatal: unable to access 'https://git.corp.example/lib/': gnutls_handshake() failed: Error in the pull function.`,
  ])('knows it in other words: %s', async (text) => {
    expect(new Set(rulesOf(await explain(text)))).toEqual(new Set(['git-tls']))
  })

  test.each([`fatal: unable to access 'https://git.corp.example/lib/': Could not resolve host: git.corp.example`])(
    'is not about: %s',
    async (text) => {
      expect(rulesOf(await explain(text))).not.toContain('git-tls')
    },
  )
})
