import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { aboutDatabase, aboutToolchain, networkFault } from '../../rule-helpers/network.ts'
import { looksInternal, privateAdvice, privatePattern } from '../../rule-helpers/private-modules.ts'
import { moduleIn, plain } from '../../rule-helpers/text.ts'
import { moduleLocations } from '../../rule-helpers/where.ts'

const rule: Rule = {
  id: 'sumdb-unknown-module',
  area: 'checksum',
  title: 'The checksum database does not know a module',
  what: 'The checksum database answered 404 or 410 for a module: it cannot fetch it, so it has no record.',
  why: 'The module is private and the go command was not told so, or the version does not exist in public.',
  fix: 'For a private module set GOPRIVATE to the smallest prefix that covers it. For a public one check the path and the version.',
  prevent: 'Set GOPRIVATE once, in the workflow or with `go env -w`, when a repository starts to use private modules.',
  classes: ['S06'],
  example: `go: example.com/lib@v1.0.0: verifying go.mod: example.com/lib@v1.0.0/go.mod: reading http://127.0.0.1:8787/404/lookup/example.com/lib@v1.0.0: 404 Not Found
	server response: not found: module not in this mirror`,
  markers: ['404 ', '410 '],
  message: async (message, { facts }) => {
    const block = plain(message)
    const fault = networkFault(block)
    if (!aboutDatabase(block) || aboutToolchain(block) || fault?.kind !== 'not-found') return undefined
    const module = moduleIn(block, message)
    if (module === undefined) return undefined
    const env = await facts.goEnv()
    const stated = env?.GOPRIVATE ?? ''
    return diagnosis({
      confidence: looksInternal(module.path) ? 'certain' : 'likely',
      message: `The checksum database has no record of ${module.path}@${module.version} (HTTP ${fault.status ?? 404})${stated === '' ? '' : `, and GOPRIVATE=${stated} does not cover it`}: most likely the module is private.`,
      fix: advice(
        `${privateAdvice(module.path)}. If it is public, check the spelling of ${module.path} and that ${module.version} is tagged.`,
        [`go env -w GOPRIVATE=${stated === '' ? '' : `${stated},`}${privatePattern(module.path)}`],
      ),
      locations: await moduleLocations(module.path, facts),
      module: module.path,
      version: module.version,
      key: module.path,
    })
  },
}

export default rule
