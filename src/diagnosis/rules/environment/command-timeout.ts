import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { clip } from '../../rule-helpers/text.ts'

const rule: Rule = {
  id: 'command-timeout',
  area: 'environment',
  title: 'A command did not end in time',
  what: 'A command ran until the time limit of gopreflight and was ended.',
  why: 'A module proxy or database accepts connections and never answers (the go command has no limit of its own), the machine is too slow for the build, or the limit is too low.',
  fix: 'See in its last lines what it waited for; raise `timeout` when it was at work.',
  classes: ['P12'],
  observe: {
    command: async (observation, facts) => {
      if (!observation.timedOut) return []
      const network = /\bgo mod (?:download|tidy|verify|graph)|\bgo (?:get|list)\b/.test(observation.command)
      const goproxy = (await facts.goEnv())?.GOPROXY
      const last = observation.tail.at(-1)
      return [
        diagnosis({
          severity: observation.advisory ? 'notice' : 'error',
          confidence: 'likely',
          message: `${clip(observation.command)} did not end in time${network ? `; most likely a server does not answer${goproxy === undefined ? '' : ` (GOPROXY=${goproxy})`}` : ''}${last === undefined || last.trim() === '' ? '' : `. Its last line: ${clip(last)}`}`,
          fix: advice(
            network
              ? 'Check that the proxies named in GOPROXY answer from here; the command with -x shows what it asks for.'
              : 'Raise the input timeout, or build fewer targets in one run.',
            network ? ['go env GOPROXY GOSUMDB'] : [],
          ),
          key: observation.command,
          excerpt: observation.tail.slice(-10).join('\n'),
        }),
      ]
    },
  },
}

export default rule
