import type { Rule } from '../../../domain/rule.ts'
import { advice, command } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { clip, plain } from '../../rule-helpers/text.ts'
import { moduleLocations } from '../../rule-helpers/where.ts'

const rule: Rule = {
  id: 'retracted-version',
  area: 'requirement',
  title: 'A required version was withdrawn by its authors',
  what: 'The authors of a module have retracted the version that the build uses.',
  why: 'They found something wrong with it after it was published. A retracted version stays available, so nothing breaks by itself.',
  fix: 'Move to a version that is not retracted.',
  since: '1.16',
  classes: ['M10'],
  example: `go: warning: example.com/lib@v1.0.0: retracted by module author: breaks on restart
go: to switch to the latest unretracted version, run:
	go get example.com/lib@latest`,
  markers: ['retracted by module author'],
  message: async (message, { facts }) => {
    const [, path, version, reason] =
      /([^\s@]{1,300})@([^\s:]{1,200}): retracted by module author(?:s)?(?:: ([^\n]*))?/.exec(plain(message)) ?? []
    if (path === undefined || version === undefined) return undefined
    return retracted(path, version, reason, await moduleLocations(path, facts))
  },
  observe: {
    graph: async (observation, facts) => {
      const found = observation.modules.filter((module) => !module.main && (module.retracted?.length ?? 0) > 0)
      return Promise.all(
        found.map(async (module) =>
          retracted(
            module.path,
            module.version ?? '',
            module.retracted?.join('; '),
            await moduleLocations(module.path, facts),
          ),
        ),
      )
    },
  },
}

function retracted(
  path: string,
  version: string,
  reason: string | undefined,
  locations: Awaited<ReturnType<typeof moduleLocations>>,
) {
  return diagnosis({
    severity: 'warning',
    message: `${path}@${version} was retracted by its authors${reason === undefined || reason === '' ? '' : `: ${clip(reason.replace(/\.$/, ''))}`}.`,
    fix: advice('Move to a version that is not retracted, and tidy.', [
      command('go', 'get', `${path}@latest`),
      command('go', 'mod', 'tidy'),
    ]),
    locations,
    module: path,
    version,
    key: `${path}@${version}`,
  })
}

export default rule
