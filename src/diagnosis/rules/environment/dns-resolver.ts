import type { CommandObservation } from '../../../domain/observation.ts'
import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { plain } from '../../rule-helpers/text.ts'

// net.DNSError prints `lookup NAME on SERVER: REASON`; without a server it was the C library (or a file) that was asked.
const lookup =
  /\blookup ([\w.-]{1,253}\.?)(?: on (\S{1,60}?:\d{1,5}))?: (no such host|server misbehaving|device or resource busy|Temporary failure in name resolution|Name or service not known|nodename nor servname provided|No address associated with hostname|i\/o timeout|no data|Try again|(?:read |dial )?(?:udp|tcp) [^\n]{1,120}: (?:connection refused|i\/o timeout|network is unreachable|operation not permitted|(?:connect|read): [^\n]{1,60}))/
const port =
  /\blookup (?:tcp|udp)\/(\w{1,40}): (?:unknown port|nodename|Servname not supported)|unknown port (?:tcp|udp)\/(\w{1,40})/
// Hosts that the go command and git ask for have rules of their own.
const forModules =
  /@v\/|go-get=1|\/@latest|\/sumdb\/|\bgo: |unable to access|proxy\.golang|sum\.golang|verifying |unrecognized import path/

// What a program that logs for an operator writes: a level in a field of its own, JSON, key=value.
const structured = /\blevel=|"(?:level|severity|lvl)"\s*:|^\{"|\b(?:ERROR|ERR|WARN|WARNING|WRN|INFO|E\d{4} \d\d:)\b/
const aboutResolvers = /netdns|resolv\.conf|\bresolver\b|CGO_ENABLED|\bnetgo\b|\bmusl\b|\balpine\b|\bscratch\b/i
const longPaste = 10

/** True for a line of a running service: there a name may just be gone, and nothing says that it is about Go's resolver. */
function isService(command: CommandObservation, block: string): boolean {
  const { messages } = command
  if (messages.some((one) => aboutResolvers.test(one.text) || aboutResolvers.test(one.command ?? ''))) return false
  return structured.test(block) || (command.lines ?? messages.length) > longPaste
}

const rule: Rule = {
  id: 'dns-resolver',
  area: 'environment',
  title: 'A program does not find a host name that others find',
  what: 'A Go program looks a name up and gets no address. Other programs on the machine may find it, for Go asks either by itself or through the C library, and the two know different names.',
  why: 'Go’s own resolver (cgo off, tag netgo) reads only /etc/resolv.conf, /etc/hosts and /etc/nsswitch.conf: it knows nothing of mDNS (.local), of the split DNS of a VPN on macOS before Go 1.20, or of other NSS plug-ins. The C library’s knows them, but not in a static program.',
  fix: 'Ask the name server that the message names; then choose the resolver with GODEBUG=netdns=go or netdns=cgo, or build with the other one.',
  classes: [],
  example: 'dial tcp: lookup db.internal on 192.168.1.1:53: no such host',
  markers: ['lookup ', 'unknown port '],
  message: (message, { command }) => {
    if (['go', 'git', 'compile', 'cc', 'ld'].includes(message.printer)) return undefined
    const block = plain(message)
    if (forModules.test(block)) return undefined
    const services = port.exec(block)
    if (services !== null) {
      return diagnosis({
        confidence: 'likely',
        message: `The service name ${services[1] ?? services[2] ?? ''} has no port number here: /etc/services is missing in the image.`,
        fix: advice('Use the number of the port, or add /etc/services to the image.'),
        key: 'services',
      })
    }
    const [, host, server, reason] = lookup.exec(block) ?? []
    if (host === undefined || reason === undefined) return undefined
    const busy = reason === 'device or resource busy'
    const multicast = /\.local\.?$/.test(host) && !host.includes('.svc.')
    const local = /^localhost\.?$/.test(host)
    const noServer = server !== undefined && /^(?:\[::1\]|127\.0\.0\.1):53$/.test(server) && reason.includes('refused')
    const inside =
      !host.includes('.') || /\.(?:svc|cluster|internal|lan|corp|home|intranet|consul|private)\b/.test(host)
    const sure = busy || multicast || local || noServer
    if (!sure && isService(command, block)) return undefined
    const by = server === undefined ? 'the C library' : `the name server ${server}`
    const cause = busy
      ? 'the C library’s look-up does not work here, most likely because the program is linked statically with glibc'
      : local
        ? 'Go’s resolver asked the network for it: /etc/hosts or /etc/nsswitch.conf is missing in the image'
        : noServer
          ? 'Go’s resolver found no /etc/resolv.conf and asked this machine (Android, a container without network), where nobody answers'
          : multicast
            ? 'names in .local are announced by mDNS, which only the C library’s resolver knows'
            : server === undefined
              ? `${by} does not know it, or could not ask`
              : `${by} does not know it or does not answer. Likeliest first: that server is not the one that knows the name (a VPN or split DNS that Go’s own resolver does not see, another container network); the name is wrong; ${inside ? 'the search domain is missing' : 'the network is down'}`
    return diagnosis({
      confidence: sure ? 'likely' : 'guess',
      message: `${host} was not found: ${cause}.`,
      fix: advice(
        busy
          ? 'Do not link glibc statically: build with CGO_ENABLED=0 or the tag netgo (Go’s own resolver), or dynamically for the image that runs it.'
          : local
            ? 'Add /etc/hosts (a container run-time does) and an /etc/nsswitch.conf with “hosts: files dns”, or use 127.0.0.1.'
            : multicast
              ? 'Run with the C library’s resolver: build with cgo, dynamically linked, and set GODEBUG=netdns=cgo; or use an address or a name that DNS knows.'
              : 'Ask that server for the name. If it does not know it, run with the other resolver (netdns=cgo needs a program built with cgo, or Go 1.20 and newer on macOS), or name the right server in /etc/resolv.conf.',
        busy || local
          ? ['CGO_ENABLED=0 go build ./...']
          : [`nslookup ${host}`, 'GODEBUG=netdns=cgo+1 ./PROGRAM', 'GODEBUG=netdns=go+1 ./PROGRAM'],
      ),
      key: host,
    })
  },
}

export default rule
