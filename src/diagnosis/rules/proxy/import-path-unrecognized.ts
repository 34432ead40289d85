import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { networkFault } from '../../rule-helpers/network.ts'
import { privateAdvice } from '../../rule-helpers/private-modules.ts'
import { plain } from '../../rule-helpers/text.ts'
import { messageLocations, moduleLocations } from '../../rule-helpers/where.ts'

const rule: Rule = {
  id: 'import-path-unrecognized',
  area: 'proxy',
  title: 'The host of an import path does not say where the code is',
  what: 'The go command asked the host of an import path for its repository (`?go-get=1`) and got no usable answer.',
  why: 'The host does not exist or cannot be reached, serves no `go-import` tag, or hides it behind a login; or the path is misspelt.',
  fix: 'Correct the path, repair the page of the host, or take the module from a proxy that has it.',
  classes: ['P20'],
  example:
    'go: git.invalid/util@v1.0.0: unrecognized import path "git.invalid/util": https fetch: Get "https://git.invalid/util?go-get=1": dial tcp: lookup git.invalid on 10.255.255.53:53: no such host',
  markers: ['unrecognized import path'],
  message: async (message, { facts }) => {
    const block = plain(message)
    const path = /unrecognized import path "([^"\s]+)"/.exec(block)?.[1]
    if (path === undefined || /import path does not begin with hostname|missing dot in first path/.test(block))
      return undefined
    const fault = networkFault(block)
    if (fault?.kind === 'tls-trust' || fault?.kind === 'tls-plain') return undefined
    const host = path.split('/')[0] ?? path
    const [reason, todo] =
      fault?.kind === 'dns'
        ? [
            `this machine does not know the host ${host}`,
            `Check the spelling of ${host}, or take the module from a proxy (GOPROXY) that has it.`,
          ]
        : fault?.status !== undefined
          ? [`${host} answered HTTP ${fault.status}`, `Check the path; ${privateAdvice(path)}.`]
          : fault !== undefined
            ? [
                `${host} did not answer (${fault.kind})`,
                `Check that ${host} may be reached from here, or take the module from a proxy that has it.`,
              ]
            : block.includes('no go-import meta tags')
              ? [
                  `the page at https://${path}?go-get=1 has no go-import tag that this Go understands`,
                  `Check the path. The owner of ${host} has to serve the tag without a login; a tag with a subdirectory needs Go 1.25. A module proxy may have the module already.`,
                ]
              : [`${host} gave no usable answer`, `Check the path and what https://${path}?go-get=1 shows.`]
    const own = await messageLocations(message, facts)
    return diagnosis({
      confidence: fault === undefined ? 'likely' : 'certain',
      message: `${path} cannot be found: ${reason}.`,
      fix: advice(todo),
      locations: own.length > 0 ? own : await moduleLocations(path, facts),
      key: `${host} ${fault?.kind ?? 'tag'}`,
    })
  },
}

export default rule
