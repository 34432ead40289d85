import { isAboveLevel } from '../../../domain/levels.ts'
import { formatPort, formatTarget } from '../../../domain/port.ts'
import type { Rule } from '../../../domain/rule.ts'
import { advice, command } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'

const rule: Rule = {
  id: 'level-above-deployment',
  area: 'port',
  title: 'A program is built for a newer processor than it is deployed to',
  what: 'A target is built at a level (GOAMD64, GOARM, GOARM64 …) above the one that `deploy: cpu:` of the policy declares for it.',
  why: 'The compiler then uses instructions that some of the machines need not have. A program checks its level when it starts and ends (`This program can only be run on AMD64 processors with v3 microarchitecture support`), or dies of an illegal instruction later.',
  fix: 'Lower the level of the target, or raise the declared one when all machines have it.',
  classes: [],
  example: 'linux/amd64 is built with GOAMD64=v3, and .github/gopreflight.yml declares processors of level v2 for it.',
  observe: {
    levels: ({ targets }) =>
      targets.flatMap(({ target, variable, level, deployed }) => {
        if (deployed === undefined || !isAboveLevel(variable, level, deployed.level)) return []
        const port = formatPort(target)
        return [
          diagnosis({
            message: `${port} is built with ${variable}=${level}, and ${deployed.at.file} declares processors of level ${deployed.level} for it.`,
            fix: advice(
              `Build ${port} with ${variable}=${deployed.level}${target.level === undefined ? ' (the level is the default of Go, or comes from the environment or go env)' : ` (in the targets input, or where the release sets it)`}, or raise the declared level when every machine has it.`,
              [
                command(
                  `${variable}=${deployed.level}`,
                  `GOOS=${target.goos}`,
                  `GOARCH=${target.goarch}`,
                  'go',
                  'build',
                  './...',
                ),
              ],
            ),
            locations: [deployed.at],
            key: formatTarget(target),
          }),
        ]
      }),
  },
}

export default rule
