import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `go: example.com/lib@v1.0.0: Get "https://127.0.0.1:8443/ok/example.com/lib/@v/v1.0.0.mod": tls: failed to verify certificate: x509: certificate signed by unknown authority`

const other = `go: example.com/lib@v1.0.0: Get "http://127.0.0.1:1/example.com/lib/@v/v1.0.0.mod": dial tcp 127.0.0.1:1: connect: connection refused`

describe('proxy-tls', () => {
  test('knows a foreign authority', async () => {
    expect(
      await explain(printed, {
        facts: checkout({ mod: 'module example.com/app\n\ngo 1.21\n\nrequire example.com/lib v1.0.0\n' }),
      }),
    ).toMatchObject([
      {
        rule: 'proxy-tls',
        severity: 'error',
        confidence: 'certain',
        message:
          'The certificate of 127.0.0.1:8443 is signed by an authority that this machine does not know, as a company proxy that opens TLS has.',
        locations: [],
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['proxy-unreachable'])
  })
})
