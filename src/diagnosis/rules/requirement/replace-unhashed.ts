import type { Rule } from '../../../domain/rule.ts'
import { advice, command } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { moduleLocations } from '../../rule-helpers/where.ts'

const rule: Rule = {
  id: 'replace-unhashed',
  area: 'requirement',
  title: 'A module comes from a folder that no hash covers',
  what: 'A `replace` line takes a module from a folder; go.sum has no hash of it, and `go mod verify` does not look at it.',
  why: 'Whatever lies in the folder is compiled. Inside the repository that is reviewed like any other code; outside it nobody knows what a build will find.',
  fix: 'Publish the module and require a version; or keep the folder inside the repository.',
  classes: [],
  observe: {
    sums: async (observation, facts) =>
      Promise.all(
        observation.unhashed.map(async ({ path, dir }) => {
          const outside = /^(?:\.\.(?:\/|$)|\/|[A-Za-z]:)/.test(dir)
          return diagnosis({
            severity: 'notice',
            message: `${path} comes from the folder ${dir}${outside ? ', outside the module' : ''}: no hash in go.sum covers it.`,
            fix: advice(
              'Nothing to do while the folder is part of this repository. Otherwise require a published version.',
              outside ? [command('go', 'mod', 'edit', `-dropreplace=${path}`)] : [],
            ),
            locations: await moduleLocations(path, facts),
            module: path,
            key: path,
          })
        }),
      ),
  },
}

export default rule
