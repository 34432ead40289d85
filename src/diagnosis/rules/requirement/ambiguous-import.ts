import type { Rule } from '../../../domain/rule.ts'
import { advice, command } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { plain } from '../../rule-helpers/text.ts'
import { messageLocations, moduleLocations } from '../../rule-helpers/where.ts'

const rule: Rule = {
  id: 'ambiguous-import',
  area: 'requirement',
  title: 'Two modules provide the same package',
  what: 'A package is in two modules of the build list, and the go command does not choose between them.',
  why: 'A folder of a module became a module of its own, and the build list holds the new module together with an outer one from before the split.',
  fix: 'Raise the outer module to a version from after the split, or drop the one that nothing needs.',
  classes: ['M07'],
  example: `main.go:3:8: ambiguous import: found package example.com/big/part in multiple modules:
	example.com/big v1.0.0 (/home/dev/go/pkg/mod/example.com/big@v1.0.0/part)
	example.com/big/part v1.0.0 (/home/dev/go/pkg/mod/example.com/big/part@v1.0.0)`,
  markers: ['ambiguous import'],
  message: async (message, { facts }) => {
    const block = plain(message)
    const wanted = /ambiguous import: found package ([^\s]+) in multiple (?:modules|directories)/.exec(block)?.[1]
    if (wanted === undefined) return undefined
    const owners = [...block.matchAll(/^\s*([^\s:()]+\/[^\s:()]+|[^\s:()]+\.[^\s:()]+) (v[^\s]+) \(/gm)].map(
      ([, path = '', version = '']) => ({ path, version }),
    )
    const outer = owners.reduce<(typeof owners)[number] | undefined>(
      (best, each) => (best === undefined || each.path.length < best.path.length ? each : best),
      undefined,
    )
    const own = await messageLocations(message, facts)
    const lines = outer === undefined ? [] : await moduleLocations(outer.path, facts)
    return diagnosis({
      message: `${wanted} is in ${owners.length === 0 ? 'two places' : owners.map((each) => `${each.path}@${each.version}`).join(' and in ')}.`,
      fix: advice(
        outer === undefined
          ? 'Remove one of the two.'
          : `Raise ${outer.path} to a version that no longer holds the package, or drop it when nothing else needs it.`,
        outer === undefined
          ? [command('go', 'mod', 'why', '-m', wanted)]
          : [
              command('go', 'get', `${outer.path}@latest`),
              `${command('go', 'get', `${outer.path}@none`)}  # to drop it`,
            ],
      ),
      locations: [...own, ...lines],
      module: outer?.path,
      version: outer?.version,
      key: outer === undefined ? wanted : outer.path,
    })
  },
}

export default rule
