import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { plain } from '../../rule-helpers/text.ts'

const rule: Rule = {
  id: 'vendor-query',
  area: 'vendor',
  title: 'A command needs the whole module graph and finds only vendor/',
  what: 'Commands such as `go list -m all` look at every module, and vendor/ holds only what the build needs.',
  why: 'With a vendor folder -mod=vendor is the default.',
  fix: 'Add `-mod=readonly` (or -mod=mod) to this one command.',
  since: '1.14',
  classes: ['W02'],
  example: `go: can't compute 'all' using the vendor directory
	(Use -mod=mod or -mod=readonly to bypass.)`,
  markers: ['using the vendor directory', 'because -mod=vendor is set'],
  message: (message) => {
    const what =
      /can't (compute '[^'\n]+'|determine available versions|match[^\n]*|query[^\n]*) using the vendor directory/.exec(
        plain(message),
      )?.[1]
    if (what === undefined) return undefined
    return diagnosis({
      message: `The command cannot ${what} from vendor/, which holds only what the build needs.`,
      fix: advice('Add -mod=readonly to this command; builds keep using vendor/.', ['go list -mod=readonly -m all']),
      key: what,
    })
  },
}

export default rule
