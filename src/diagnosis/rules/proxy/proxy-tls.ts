import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { networkFault } from '../../rule-helpers/network.ts'
import { plain } from '../../rule-helpers/text.ts'

const rule: Rule = {
  id: 'proxy-tls',
  area: 'proxy',
  title: 'The certificate of a server is not trusted',
  what: 'The secure connection to a proxy, database or repository host was not made, because its certificate does not convince.',
  why: 'A company proxy signs with its own authority that this machine does not know, the certificate has expired, the clock is wrong, or plain HTTP answers on the port.',
  fix: 'Add the authority to the system’s certificates (or point SSL_CERT_FILE at it), have the certificate renewed, or correct the scheme. Do not switch the check off.',
  classes: ['P10', 'P11'],
  example:
    'go: example.com/lib@v1.0.0: Get "https://127.0.0.1:8787/example.com/lib/@v/v1.0.0.mod": tls: first record does not look like a TLS handshake',
  markers: ['x509: ', 'TLS handshake', 'HTTP response to HTTPS client'],
  message: (message) => {
    if (message.printer !== 'go' && message.printer !== 'unknown' && message.printer !== 'wrapper') return undefined
    const block = plain(message)
    const fault = networkFault(block)
    if (fault?.kind !== 'tls-trust' && fault?.kind !== 'tls-plain') return undefined
    const host = fault.host ?? 'the server'
    const say = (message: string, summary: string) => diagnosis({ message, fix: advice(summary), key: `${host} tls` })
    if (fault.kind === 'tls-plain') {
      return say(
        `${host} speaks plain HTTP where https:// was asked for.`,
        `Correct the port or the scheme of ${host} in GOPROXY (http:// only inside a network you trust).`,
      )
    }
    if (block.includes('expired or is not yet valid')) {
      return say(
        `The certificate of ${host} has expired, or the clock of this machine is wrong.`,
        `Have the certificate of ${host} renewed or use another proxy; check the date of this machine.`,
      )
    }
    if (
      block.includes('certificate is valid for') ||
      /doesn't contain any IP SANs|is not valid for any names/.test(block)
    ) {
      return say(
        `The certificate that ${host} shows is for another name.`,
        `Use the name that the certificate is for, or have it issued for ${host}; a captive portal or a wrong DNS entry looks the same.`,
      )
    }
    return say(
      `The certificate of ${host} is signed by an authority that this machine does not know, as a company proxy that opens TLS has.`,
      'Install the authority’s certificate in the system store (in a container: copy it in and run update-ca-certificates), or set SSL_CERT_FILE to it.',
    )
  },
}

export default rule
