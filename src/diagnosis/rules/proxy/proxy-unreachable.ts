import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { fallThrough, proxyCase } from '../../rule-helpers/proxy-case.ts'

const rule: Rule = {
  id: 'proxy-unreachable',
  area: 'proxy',
  title: 'The module proxy cannot be reached',
  what: 'The connection to a module proxy or to the host of a module was refused, reset or found no way.',
  why: 'The proxy is not running, the port or address is wrong, or a firewall stands between. A reset in the middle of many downloads passes by itself.',
  fix: 'Check that the address in GOPROXY (and HTTPS_PROXY) answers from this machine.',
  classes: ['P08'],
  example:
    'go: example.com/lib@v1.0.0: Get "http://127.0.0.1:1/example.com/lib/@v/v1.0.0.mod": dial tcp 127.0.0.1:1: connect: connection refused',
  markers: ['connection refused', 'connection reset', 'no route to host', 'network is unreachable', 'actively refused'],
  message: async (message, context) => {
    const found = await proxyCase(message, context)
    if (found?.fault.kind !== 'refused') return undefined
    const reset = found.block.includes('connection reset')
    return diagnosis({
      confidence: reset ? 'likely' : 'certain',
      message: reset
        ? `The connection to ${found.host} broke off while ${found.name} was downloaded: a fault of the network, not of the module.`
        : `${found.host} cannot be reached for ${found.name}: ${found.block.includes('refused') ? 'the connection was refused' : 'there is no way to it'}.${fallThrough(found.goproxy, undefined)}`,
      fix: advice(
        reset
          ? 'Run again. If it comes back, cache the module cache and look at what stands between (proxy, container network).'
          : `Check that ${found.host} runs and may be reached from here, or set GOPROXY to a proxy that may.`,
        reset ? [] : ['go env GOPROXY'],
      ),
      locations: found.locations,
      key: `${found.host} refused`,
    })
  },
}

export default rule
