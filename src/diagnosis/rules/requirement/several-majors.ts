import type { Rule } from '../../../domain/rule.ts'
import { advice, command } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import type { GraphModule } from '../../../domain/observation.ts'
import { moduleLocations } from '../../rule-helpers/where.ts'

const rule: Rule = {
  id: 'several-majors',
  area: 'requirement',
  title: 'The build holds several major versions of one module',
  what: 'Two or more major versions of a module are linked into the build side by side.',
  why: 'Parts of the code, or dependencies, have moved to the new major and others have not. That is allowed; the types of the two do not fit each other, their global state is doubled and the binary grows.',
  fix: 'Move the rest over when that is cheap. Nothing is broken by it.',
  classes: [],
  observe: {
    graph: async (observation, facts) => {
      const families = new Map<string, GraphModule[]>()
      for (const module of observation.modules) {
        if (module.main || module.version === undefined) continue
        const base = module.path.replace(/(?:\/v\d+|\.v\d+)$/, '')
        families.set(base, [...(families.get(base) ?? []), module])
      }
      const found = [...families].filter(([, members]) => members.length > 1 && members.some((each) => !each.indirect))
      return Promise.all(
        found.map(async ([base, members]) => {
          const oldest = members[0]
          const locations = await Promise.all(members.map((each) => moduleLocations(each.path, facts)))
          return diagnosis({
            severity: 'notice',
            message: `${base} is in the build in ${members.length} majors: ${members.map((each) => `${each.path}@${each.version ?? ''}`).join(', ')}.`,
            fix: advice(
              'See who still needs the older one, and move it over when that is cheap.',
              oldest === undefined ? [] : [command('go', 'mod', 'why', '-m', oldest.path)],
            ),
            locations: locations.flat().slice(0, 3),
            module: base,
            key: base,
          })
        }),
      )
    },
  },
}

export default rule
