import type { Rule } from '../../../domain/rule.ts'
import { knownCgoPackage } from '../../data/cgo-packages.ts'
import {
  alsoIgnored,
  cgoFix,
  culpritLocations,
  filesEitherWay,
  packageName,
  wayThere,
  whyOff,
} from '../../rule-helpers/cgo-hidden.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { clip, enumerate } from '../../rule-helpers/text.ts'

const rule: Rule = {
  id: 'hidden-stub',
  area: 'cgo',
  title: 'Without cgo a package is a stub that only returns errors',
  what: 'A package has another file for builds without cgo, and that file only returns errors: the build is green, and the program fails when it uses the package.',
  why: 'cgo is off with CGO_ENABLED=0, in every cross build, on ports that have no cgo, and where no C compiler is on PATH. The package still compiles then, so that no build and no test on the machine of a developer shows it.',
  fix: 'Use a package without cgo, or build such targets with CGO_ENABLED=1 and a C compiler for them.',
  prevent: 'Let a smoke test run the released program itself, and set CGO_ENABLED in the release build.',
  classes: [],
  example: "Binary was compiled with 'CGO_ENABLED=0', go-sqlite3 requires cgo to work. This is a stub",
  observe: {
    cgo: async (observation, facts) => {
      const { enabled, differences } = observation
      const stubs = differences.filter((one) => one.stub && !(enabled && (one.offOn ?? []).length > 0))
      return Promise.all(
        stubs.map(async (one) => {
          const name = packageName(one.package, one.module)
          const says = one.stubSays === undefined ? '' : `: “${clip(one.stubSays, 160)}”`
          const stub = `a stub (${enumerate(one.replacementFiles, 3)}) that builds and only returns errors${says}.`
          const more = `${alsoIgnored(one.otherFiles)}${wayThere(one.chain)}`
          return diagnosis({
            severity: enabled ? 'notice' : 'warning',
            // The look at the source is a heuristic; of a package in our list somebody has made sure.
            confidence: knownCgoPackage(one.package)?.without === 'stub' ? 'certain' : 'likely',
            message: enabled
              ? `Without cgo ${name} becomes ${stub}${more}`
              : `${name} is ${stub.slice(0, -1)}; ${whyOff(observation)}.${more}`,
            fix: cgoFix(one.package, observation),
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
