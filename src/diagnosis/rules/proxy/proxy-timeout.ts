import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { proxyCase } from '../../rule-helpers/proxy-case.ts'

const rule: Rule = {
  id: 'proxy-timeout',
  area: 'proxy',
  title: 'The module proxy does not answer in time',
  what: 'A connection to a module proxy was not made, or an answer did not come, in the time the client waits.',
  why: 'A firewall that drops packets without a word, an overloaded proxy, or a slow line. The go command has no limit of its own for a whole answer.',
  fix: 'Check that the proxy may be reached from here; run again when it is only slow.',
  classes: ['P12'],
  markers: [
    'deadline exceeded',
    'Client.Timeout',
    'handshake timeout',
    'i/o timeout',
    'awaiting response headers',
    'timed out',
  ],
  message: async (message, context) => {
    const found = await proxyCase(message, context)
    if (found?.fault.kind !== 'timeout') return undefined
    return diagnosis({
      confidence: 'likely',
      message: `${found.host} did not answer in time for ${found.name}; most likely something between drops the connection.`,
      fix: advice(
        `Check that ${found.host} may be reached from here (firewall, HTTPS_PROXY), or set GOPROXY to a proxy that may.`,
        ['go env GOPROXY'],
      ),
      locations: found.locations,
      key: `${found.host} timeout`,
    })
  },
}

export default rule
