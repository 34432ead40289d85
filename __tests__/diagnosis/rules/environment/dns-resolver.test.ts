import { describe, expect, test } from '@jest/globals'
import { explain, rulesOf } from '../../../helpers/rule-case.ts'

// As reported in https://github.com/hashicorp/vault/issues/12012
const printed = `Error authenticating: Put "https://internal.vpn.host/v1/auth": dial tcp: lookup vault.corp.example on 192.168.1.1:53: no such host`

describe('dns-resolver', () => {
  test('names the cause', async () => {
    expect(await explain(printed)).toMatchObject([
      {
        rule: 'dns-resolver',
        confidence: 'guess',
        message: expect.stringMatching(/^vault\.corp\.example was not found: the name server 192\.168\.1\.1:53/),
      },
    ])
  })

  test.each([
    `Could not dial broker: dial tcp: lookup kafka-1.kafka.svc.cluster.local: device or resource busy`,
    `dial tcp: lookup printer.local on 10.0.0.2:53: no such host`,
    `dial tcp: lookup example.org on [::1]:53: read udp [::1]:40000->[::1]:53: read: connection refused`,
    `dial tcp: lookup tcp/http: unknown port`,
  ])('knows it in other words: %s', async (text) => {
    expect(new Set(rulesOf(await explain(text)))).toEqual(new Set(['dns-resolver']))
  })

  test('with context: is silent about a line of a running service, unless the log is about Go’s resolver', async () => {
    const service = `2026-01-02 03:04:05 ERROR push failed: dial tcp: lookup loki.corp.example on 10.96.0.10:53: no such host`
    expect(await explain(service)).toEqual([])
    expect(rulesOf(await explain(`$ GODEBUG=netdns=go+1 ./agent\n${service}`))).toEqual(['dns-resolver'])
  })

  test.each([
    `go: example.com/lib@v1.0.0: Get "https://proxy.invalid/example.com/lib/@v/v1.0.0.mod": dial tcp: lookup proxy.invalid on 10.255.255.53:53: no such host`,
  ])('is not about: %s', async (text) => {
    expect(rulesOf(await explain(text))).not.toContain('dns-resolver')
  })
})
