import type { Rule } from '../../../domain/rule.ts'
import { advice, command } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { clip, plain } from '../../rule-helpers/text.ts'
import { moduleLocations } from '../../rule-helpers/where.ts'

const longestReason = 1000

const rule: Rule = {
  id: 'deprecated-module',
  area: 'requirement',
  title: 'A required module is deprecated',
  what: 'The authors of a module say in its go.mod that it should no longer be used.',
  why: 'It moved to another path or is not looked after any more. It goes on working as it is.',
  fix: 'Move to what the authors name.',
  since: '1.17',
  classes: ['M10'],
  example: 'go: module example.com/lib is deprecated: use example.com/lib/v2',
  markers: ['is deprecated: '],
  message: async (message, { facts }) => {
    const [, path, reason] = /^module ([^\s]+) is deprecated: ([^\n]*)/.exec(plain(message)) ?? []
    return path === undefined
      ? undefined
      : deprecated(path, undefined, reason ?? '', await moduleLocations(path, facts))
  },
  observe: {
    graph: async (observation, facts) => {
      // What is only required by others is theirs to move; the team can change its own requirements.
      const found = observation.modules.filter(
        (module) => !module.main && !module.indirect && (module.deprecated ?? '') !== '',
      )
      return Promise.all(
        found.map(async (module) =>
          deprecated(module.path, module.version, module.deprecated ?? '', await moduleLocations(module.path, facts)),
        ),
      )
    },
  },
}

function deprecated(
  path: string,
  version: string | undefined,
  reason: string,
  locations: Awaited<ReturnType<typeof moduleLocations>>,
) {
  const successor = successorIn(reason, path)
  return diagnosis({
    severity: 'notice',
    message: `${path} is deprecated: ${clip(reason.split('\n')[0] ?? '')}`,
    fix: advice(
      'Move to what its authors name.',
      successor === undefined ? [] : [command('go', 'get', `${successor}@latest`)],
    ),
    locations,
    module: path,
    version,
    key: path,
  })
}

/** The first word of the authors' text that is a module path, out of its quotes and the punctuation around it; no URL is. */
function successorIn(reason: string, path: string): string | undefined {
  return reason
    .slice(0, longestReason)
    .split(/\s+/)
    .map((word) => word.replace(/^["'`(<[]+/, '').replace(/["'`)>\],;:.!]{1,9}$/, ''))
    .find((word) => word !== path && /^[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:\/[\w.~-]+)+$/i.test(word))
}

export default rule
