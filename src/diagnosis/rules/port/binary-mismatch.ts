import type { Rule } from '../../../domain/rule.ts'
import { formatTarget } from '../../../domain/port.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { enumerate } from '../../rule-helpers/text.ts'

const rule: Rule = {
  id: 'binary-mismatch',
  area: 'port',
  title: 'A result is not what its target calls for',
  what: 'The header or the build information of a built program says something else than the target it was built for.',
  why: 'A setting from the environment or go env won over the one meant (GOFLAGS, CC, a level with a wrong value that Go ignored), or the program was linked against libraries that the target may not have.',
  fix: 'Look at the settings that the program records (`go version -m PROGRAM`) and correct the one that differs.',
  classes: ['X02', 'X14'],
  observe: {
    binary: (observation) =>
      observation.mismatches.length === 0
        ? []
        : [
            diagnosis({
              message: `${observation.package} for ${formatTarget(observation.target)} is not what it should be: ${enumerate(observation.mismatches, 5)}`,
              fix: advice(
                'Look at the settings that the program records, and correct the one that differs where it is set.',
                ['go version -m PROGRAM', 'go env -changed'],
              ),
              package: observation.package,
              key: `${observation.package} ${observation.mismatches.join('|')}`,
              excerpt: observation.mismatches.join('\n'),
            }),
          ],
  },
}

export default rule
