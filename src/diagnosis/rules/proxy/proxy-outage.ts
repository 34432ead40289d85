import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { fallThrough, proxyCase } from '../../rule-helpers/proxy-case.ts'

const rule: Rule = {
  id: 'proxy-outage',
  area: 'proxy',
  title: 'The module proxy is down or overloaded',
  what: 'A module proxy answered 429 or 5xx: it could not serve a request that was fine.',
  why: 'An outage, a deployment, or more requests than it allows. It has nothing to do with the module that is named.',
  fix: 'Run again later. A second proxy after | in GOPROXY is used for any error; one after a comma only for 404 and 410.',
  prevent: 'Cache the module cache between runs, so that few modules are downloaded at all.',
  classes: ['P07'],
  example: `go: example.com/lib@v1.0.0: reading http://127.0.0.1:8787/503/example.com/lib/@v/v1.0.0.mod: 503 Service Unavailable
	server response: try later`,
  markers: [': 429 ', ': 500 ', ': 501 ', ': 502 ', ': 503 ', ': 504 ', ': 52'],
  message: async (message, context) => {
    const found = await proxyCase(message, context)
    if (found?.fault.kind !== 'outage') return undefined
    const limited = found.fault.status === 429
    return diagnosis({
      message: `${found.host} ${limited ? 'limits its requests' : 'is in trouble'} (HTTP ${found.fault.status ?? 0}); ${found.name} is not at fault.${fallThrough(found.goproxy, found.fault.status)}`,
      fix: advice(
        limited
          ? 'Run again later, and cache the module cache so that fewer requests are needed.'
          : 'Run again later; if it stays, name another proxy in GOPROXY, separated by | so that any error goes on to it.',
      ),
      locations: found.locations,
      key: `${found.host} ${limited ? '429' : '5xx'}`,
    })
  },
}

export default rule
