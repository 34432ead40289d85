import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { proxyCase } from '../../rule-helpers/proxy-case.ts'

const rule: Rule = {
  id: 'proxy-dns',
  area: 'proxy',
  title: 'The name of the module proxy cannot be resolved',
  what: 'The host of a module proxy has no address as far as this machine can find out.',
  why: 'The name is misspelt, is known only inside another network, or the machine has no DNS (an isolated build or container).',
  fix: 'Correct the name, or set GOPROXY to a proxy that this network can reach.',
  classes: ['P09'],
  example:
    'go: example.com/lib@v1.0.0: Get "https://proxy.invalid/example.com/lib/@v/v1.0.0.mod": dial tcp: lookup proxy.invalid on 10.255.255.53:53: no such host',
  markers: ['lookup '],
  message: async (message, context) => {
    const found = await proxyCase(message, context)
    if (found?.fault.kind !== 'dns') return undefined
    const busy = /server misbehaving|i\/o timeout|Temporary failure/.test(found.block)
    return diagnosis({
      confidence: busy ? 'likely' : 'certain',
      message: `This machine ${busy ? 'gets no answer from its DNS server about' : 'does not know the host'} ${found.host}, which it needs for ${found.name}.`,
      fix: advice(
        busy
          ? 'Run again; if it stays, repair the DNS of the machine or container.'
          : `Check the spelling of ${found.host} in GOPROXY. In an isolated build, download the modules in an earlier step or set GOPROXY to the mirror of this network.`,
        ['go env GOPROXY'],
      ),
      locations: found.locations,
      key: `${found.host} dns`,
    })
  },
}

export default rule
