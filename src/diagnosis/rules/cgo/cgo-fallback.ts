import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { knownCgoPackage } from '../../data/cgo-packages.ts'
import {
  alsoIgnored,
  culpritLocations,
  filesEitherWay,
  packageName,
  wayThere,
  whyOff,
} from '../../rule-helpers/cgo-hidden.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { enumerate } from '../../rule-helpers/text.ts'

const rule: Rule = {
  id: 'cgo-fallback',
  area: 'cgo',
  title: 'Without cgo another implementation of a package is built',
  what: 'A package has other files for builds without cgo, and they do something: the program builds and works, perhaps slower or with less.',
  why: 'The authors of the package foresaw builds without cgo. That is as it should be; it matters only where the two differ, in speed, in what they can do, or in what they find on the system.',
  fix: 'Nothing is wrong. Test the targets without cgo too when the difference matters to you.',
  classes: [],
  observe: {
    cgo: async (observation, facts) => {
      const others = observation.enabled
        ? []
        : observation.differences.filter((one) => one.change === 'swapped' && !one.stub)
      return Promise.all(
        others.map(async (one) => {
          const note = knownCgoPackage(one.package)?.note
          const from = one.cgoFiles.length === 0 ? '' : ` in place of ${enumerate(one.cgoFiles, 3)}`
          return diagnosis({
            severity: 'notice',
            message: `${packageName(one.package, one.module)} is built from ${enumerate(one.replacementFiles, 3)}${from}: ${whyOff(observation)}.${note === undefined ? '' : ` ${note}`}${alsoIgnored(one.otherFiles)}${wayThere(one.chain)}`,
            fix: advice('Nothing is wrong. When the difference matters, run the tests without cgo as well.', [
              'CGO_ENABLED=0 go test ./...',
            ]),
            locations: await culpritLocations(one.package, one, facts),
            module: one.module?.path,
            version: one.module?.version,
            package: one.package,
            key: one.package,
            excerpt: filesEitherWay(one),
          })
        }),
      )
    },
  },
}

export default rule
