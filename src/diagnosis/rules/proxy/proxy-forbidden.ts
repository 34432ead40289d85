import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { fallThrough, proxyCase } from '../../rule-helpers/proxy-case.ts'
import { clip } from '../../rule-helpers/text.ts'

const rule: Rule = {
  id: 'proxy-forbidden',
  area: 'proxy',
  title: 'The module proxy refuses a module',
  what: 'A module proxy answered 403: it knows the request and refuses it.',
  why: 'A company proxy blocks modules by policy (licence, age, known vulnerability), or the token may not read this repository. After a comma in GOPROXY a 403 ends the search; only 404 and 410 go on.',
  fix: 'Have the module approved, or use credentials that may read it, or another version.',
  classes: ['P03'],
  example: `go: example.com/lib@v1.0.0: reading http://127.0.0.1:8787/403/example.com/lib/@v/v1.0.0.mod: 403 Forbidden
	server response: blocked by policy: license not approved`,
  markers: [': 403 ', ': 451 '],
  message: async (message, context) => {
    const found = await proxyCase(message, context)
    if (found?.fault.kind !== 'forbidden') return undefined
    const said = found.fault.response === undefined ? '' : `: “${clip(found.fault.response)}”`
    return diagnosis({
      message: `${found.host} refuses ${found.name} (HTTP ${found.fault.status ?? 403})${said}.${fallThrough(found.goproxy, found.fault.status)}`,
      fix: advice(
        `Ask who runs ${found.host} to approve ${found.name}, or require a version that it serves. Going around the proxy is a decision for whoever set it up.`,
      ),
      locations: found.locations,
      module: found.module?.path,
      version: found.module?.version,
      key: `${found.host} ${found.module?.path ?? ''}`,
    })
  },
}

export default rule
