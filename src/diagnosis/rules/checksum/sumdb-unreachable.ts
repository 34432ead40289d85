import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { aboutDatabase, aboutToolchain, networkFault } from '../../rule-helpers/network.ts'
import { privatePattern } from '../../rule-helpers/private-modules.ts'
import { clip, moduleIn, plain } from '../../rule-helpers/text.ts'
import { moduleLocations } from '../../rule-helpers/where.ts'

const rule: Rule = {
  id: 'sumdb-unreachable',
  area: 'checksum',
  title: 'The checksum database cannot be reached',
  what: 'A new module had to be looked up in the checksum database, and the database did not answer.',
  why: 'The network lets requests to the module proxy through and not those to the checksum database, or the database is down for a moment.',
  fix: 'Let the database through, use a module proxy that passes its answers on (`<proxy>/sumdb/…`), or name a mirror in GOSUMDB. Commit a complete go.sum: modules recorded there need no look-up.',
  classes: ['S06', 'S07'],
  example: `go: example.com/lib@v1.0.0: verifying go.mod: example.com/lib@v1.0.0/go.mod: Get "https://127.0.0.1:1/lookup/example.com/lib@v1.0.0": dial tcp 127.0.0.1:1: connect: connection refused`,
  markers: ['verifying module: ', 'verifying go.mod: '],
  message: async (message, { facts }) => {
    const block = plain(message)
    const fault = networkFault(block)
    if (!aboutDatabase(block) || aboutToolchain(block) || fault === undefined || fault.kind === 'not-found')
      return undefined
    const module = moduleIn(block, message)
    const how = fault.status === undefined ? clip(block.split(': ').slice(-2).join(': '), 120) : `HTTP ${fault.status}`
    const outage = fault.kind === 'outage'
    return diagnosis({
      confidence: outage ? 'likely' : 'certain',
      message: `The checksum database${fault.host === undefined ? '' : ` at ${fault.host}`} did not answer${module === undefined ? '' : ` for ${module.path}@${module.version}`}: ${how}.`,
      fix: advice(
        outage
          ? 'Run again later; if it stays, use a module proxy that passes the database on. A complete go.sum needs no look-up.'
          : `Let the host through, or set GOSUMDB="sum.golang.org https://…" to a mirror, or use a GOPROXY that serves /sumdb/. ${module === undefined ? '' : `Only if ${module.path} is private: GOPRIVATE=${privatePattern(module.path)}.`}`.trim(),
      ),
      locations: await moduleLocations(module?.path, facts),
      module: module?.path,
      version: module?.version,
      key: `${fault.host ?? ''} ${fault.kind}`,
    })
  },
}

export default rule
