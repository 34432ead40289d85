import type { CgoDifference, CgoObservation } from '../../../domain/observation.ts'
import type { Rule } from '../../../domain/rule.ts'
import { formatTarget } from '../../../domain/port.ts'
import { formatModuleVersion } from '../../../domain/module.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { enumerate } from '../../rule-helpers/text.ts'
import { moduleLocations } from '../../rule-helpers/where.ts'

const rule: Rule = {
  id: 'hidden-cgo',
  area: 'cgo',
  title: 'A package changes or breaks without cgo',
  what: 'A package of the program has cgo files that a build without cgo leaves out. What stands in for them, if anything, is another program.',
  why: 'cgo is off for every target but the machine’s own. Some packages then lose all their files, some use a replacement, and some link a stub: the build is green and the program fails at run time.',
  fix: 'Use a package without cgo, or build such targets with CGO_ENABLED=1 and a C compiler for them.',
  classes: ['C01', 'C02'],
  observe: {
    cgo: async (observation, facts) => {
      const relevant = observation.differences.filter(
        (difference) => difference.change === 'gone' || difference.stub || difference.change === 'shrunk',
      )
      return Promise.all(
        relevant.map(async (difference) => {
          const at = difference.importedAt
          const own = at === undefined ? [] : [at]
          const { severity, confidence, message } = weigh(difference, observation)
          return diagnosis({
            severity,
            confidence,
            message,
            fix: advice(
              `Use a package that needs no cgo, or build ${formatTarget(observation.target)} with CGO_ENABLED=1 and a C compiler for it.`,
              ['CGO_ENABLED=1 go build ./...'],
            ),
            locations: [
              ...own,
              ...(own.length === 0 ? await moduleLocations(difference.module?.path ?? difference.package, facts) : []),
            ],
            module: difference.module?.path,
            version: difference.module?.version,
            package: difference.package,
            key: difference.package,
            // Where a target already failed for want of cgo, that says it all.
            follows: ['cgo-undefined', 'cgo-files-excluded'],
          })
        }),
      )
    },
  },
}

function weigh(
  difference: CgoDifference,
  observation: CgoObservation,
): Pick<ReturnType<typeof diagnosis>, 'severity' | 'confidence' | 'message'> {
  const off = !observation.enabled
  const name = difference.package
  const owner = difference.module === undefined ? '' : ` (${formatModuleVersion(difference.module)})`
  const when = off ? 'cgo is off for this target' : 'without cgo'
  if (difference.change === 'gone') {
    return {
      severity: off ? 'error' : 'notice',
      confidence: 'certain',
      message: off
        ? `${name}${owner} consists of cgo files alone, and ${when}: nothing is left of it.`
        : `${name}${owner} consists of cgo files alone: ${when} nothing is left of it.`,
    }
  }
  if (difference.stub) {
    return {
      severity: off ? 'warning' : 'notice',
      confidence: 'likely',
      message: `${off ? `cgo is off for this target: ` : `Without cgo `}${name}${owner} ${off ? 'is' : 'becomes'} a stub (${enumerate(difference.replacementFiles, 3)}) that builds and only returns errors.`,
    }
  }
  return {
    severity: 'notice',
    confidence: 'certain',
    message: `${off ? `cgo is off for this target: ` : `Without cgo `}${name}${owner} lacks ${enumerate(difference.cgoFiles, 3)}${off ? '' : ', and nothing stands in for them'}.`,
  }
}

export default rule
