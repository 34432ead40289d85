import type { Rule } from '../../../domain/rule.ts'
import { advice, command } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { aboutDatabase, networkFault } from '../../rule-helpers/network.ts'
import { moduleIn, plain } from '../../rule-helpers/text.ts'
import { moduleLocations } from '../../rule-helpers/where.ts'

const signs: readonly (readonly [RegExp, string])[] = [
  [
    /^(?:[^\s]+: )?(?:[^\s]+@[^\s]+: )?zip: not a valid zip file/,
    'it is not a zip; a login or error page sent as a success looks so',
  ],
  [/zip for [^\s]+ has unexpected file/, 'the zip holds a file that does not belong to the module'],
  [/invalid response from proxy/, 'it is not what the module protocol asks for'],
  [/proxy returned info for version [^\s]+ instead of requested version/, 'it is about another version'],
  [/stopped after \d+ redirects/, 'it sends the client round in circles, as a login page does'],
  [/parsing go\.mod: missing module line/, 'its go.mod has no module line; a web page sent as a success looks so'],
  [
    /module [^\s]+: invalid character '[^\n]+' (?:looking for|after|in )/,
    'it is not JSON; a web page sent as a success looks so',
  ],
]

const rule: Rule = {
  id: 'proxy-bad-answer',
  area: 'proxy',
  title: 'The module proxy sends something that is not the module',
  what: 'A proxy answered with success, but what it sent is no module: a web page, a damaged or cut-off zip, another version.',
  why: 'A login page or captive portal in front of the proxy, a wrong address in GOPROXY, a damaged cache in the proxy, or a connection that broke off.',
  fix: 'Correct GOPROXY or repair the proxy; clear what was cached and download again.',
  classes: ['P13', 'P14', 'P15', 'P16', 'P17', 'P18'],
  example: 'go: zip: not a valid zip file',
  markers: [
    'zip: not a valid zip file',
    'has unexpected file',
    'invalid response from proxy',
    'instead of requested version',
    ' redirects',
    'missing module line',
    'unexpected EOF',
    ': EOF',
    'invalid character',
  ],
  message: async (message, { facts }) => {
    const block = plain(message)
    if (aboutDatabase(block) || /^[^\s:@]+ v[^\s:]+: zip: not/.test(block)) return undefined
    const fault = networkFault(block)
    const cut = fault?.kind === 'truncated'
    const sign = signs.find(([pattern]) => pattern.test(block))?.[1]
    if (!cut && sign === undefined) return undefined
    const module = moduleIn(block.replace(/has unexpected file [^\n]*/, ''), message)
    const name = module === undefined ? 'a module' : `${module.path}@${module.version}`
    const goproxy = (await facts.goEnv())?.GOPROXY
    return diagnosis({
      confidence: cut || module === undefined ? 'likely' : 'certain',
      message: cut
        ? `The download of ${name} was cut off.`
        : `What the proxy${goproxy === undefined ? '' : ` (GOPROXY=${goproxy})`} sent for ${name} cannot be used: ${sign ?? ''}.`,
      fix: cut
        ? advice('Run again; if it comes back, the proxy or something between cuts long answers off.', [
            command('go', 'mod', 'download'),
          ])
        : advice('Check where GOPROXY points and who answers there; then clear the module cache and download again.', [
            'go env GOPROXY',
            command('go', 'clean', '-modcache'),
            module === undefined ? command('go', 'mod', 'download', '-x') : command('go', 'mod', 'download', name),
          ]),
      locations: await moduleLocations(module?.path, facts),
      module: module?.path,
      version: module?.version,
      key: `${name} ${cut ? 'cut' : 'answer'}`,
    })
  },
}

export default rule
