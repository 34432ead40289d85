import type { CgoDifference } from '../../../domain/observation.ts'
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
          const known = knownCgoPackage(one.package)?.without === 'stub'
          const says = one.stubSays === undefined ? '' : `: “${clip(one.stubSays, 160)}”`
          const files = enumerate(one.replacementFiles, 3)
          const part = one.stubNames
          const what =
            part === undefined
              ? `is a stub (${files}) that builds and only returns errors${says}`
              : `stays, but ${part.length === 0 ? 'a part of it' : enumerate(part, 4)} only ${part.length > 1 ? 'return' : 'returns'} errors (${files})${says}`
          const more = `${alsoIgnored(one.otherFiles)}${wayThere(one.chain)}`
          return diagnosis({
            severity: enabled || isMinor(one, known) ? 'notice' : 'warning',
            // The look at the source is a heuristic; of a package in our list somebody has made sure.
            confidence: known ? 'certain' : 'likely',
            ...(part === undefined ? {} : { title: `Without cgo a part of ${one.package} only returns errors` }),
            message: enabled
              ? `Without cgo ${name} ${what}.${more}`
              : `${name} ${what}; ${whyOff(observation)}.${more}`,
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

/**
 * A package of which a part works, and one that a dependency has chosen and not the module, is likely to be met with
 * care; unless it is one of those that are known to leave programs dead.
 */
function isMinor(one: CgoDifference, known: boolean): boolean {
  return !known && (one.stubNames !== undefined || (one.chain ?? []).length > 2)
}

export default rule
