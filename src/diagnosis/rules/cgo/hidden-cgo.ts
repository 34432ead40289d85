import type { CgoDifference, CgoObservation } from '../../../domain/observation.ts'
import type { Diagnosis, Rule } from '../../../domain/rule.ts'
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
import { enumerate } from '../../rule-helpers/text.ts'

type Weight = Pick<Diagnosis, 'severity' | 'confidence' | 'title' | 'message'>

const rule: Rule = {
  id: 'hidden-cgo',
  area: 'cgo',
  title: 'A package is gone, or lacks files, without cgo',
  what: 'A package of the program has files that a build without cgo leaves out, and nothing stands in for them.',
  why: 'A file that imports "C", or asks for the tag cgo, is left out when cgo is off: with CGO_ENABLED=0, in every cross build, on ports that have no cgo, and where no C compiler is on PATH. Packages of such files alone are gone, others lack names.',
  fix: 'Use a package without cgo, or build such targets with CGO_ENABLED=1 and a C compiler for them.',
  prevent:
    'Set CGO_ENABLED in the release build, so that it does not depend on the machine, and build all targets on pull requests.',
  classes: ['C01', 'C02'],
  observe: {
    cgo: async (observation, facts) => {
      const relevant = observation.differences.filter(
        (one) => (one.change === 'gone' || one.change === 'shrunk') && !isQuiet(one, observation),
      )
      return Promise.all(
        relevant.map(async (one) =>
          diagnosis({
            ...weigh(one, observation),
            fix: cgoFix(one.package, observation),
            locations: await culpritLocations(one.package, one, facts),
            module: one.module?.path,
            version: one.module?.version,
            package: breaksIn(one),
            key: one.package,
            excerpt: filesEitherWay(one),
            // Where a target already failed for want of cgo, that says it all.
            follows: ['cgo-undefined', 'cgo-files-excluded'],
          }),
        ),
      )
    },
  },
}

/**
 * What may happen to a target with cgo is not told when it does happen to another, nor when it is a library of the module
 * that nothing imports.
 */
function isQuiet(one: CgoDifference, { enabled }: CgoObservation): boolean {
  return enabled && ((one.offOn ?? []).length > 0 || (one.passedOver === true && one.program !== true))
}

/** The package that does not compile: the one with the files, or its importer when only that misses names. */
function breaksIn(one: CgoDifference): string {
  const { stillUsed = [], chain = [] } = one
  const outside = stillUsed.every((name) => name.split(' ', 1)[0]?.includes('.'))
  return stillUsed.length > 0 && outside ? (chain.at(-2) ?? one.package) : one.package
}

function weigh(one: CgoDifference, observation: CgoObservation): Weight {
  const off = !observation.enabled
  const name = packageName(one.package, one.module)
  const also = `${alsoIgnored(one.otherFiles)}${wayThere(one.chain)}`
  if (one.change === 'gone') return gone(one, observation, off, name, also)
  const files = enumerate(one.cgoFiles.length > 0 ? one.cgoFiles : (one.otherFiles ?? []), 3)
  const lacks = `${name} lacks ${files}, and nothing stands in`
  const title = `${one.package} lacks files without cgo`
  if (one.stillUsed !== undefined) {
    const used = `What they declare is used: ${enumerate(one.stillUsed, 4)}`
    return {
      severity: off ? 'error' : 'notice',
      confidence: 'likely',
      title,
      message: off
        ? `${lacks}: ${whyOff(observation)}. ${used}, so it does not compile.${also}`
        : `Without cgo ${lacks}. ${used}, so it would not compile.${also}`,
    }
  }
  return {
    severity: 'notice',
    confidence: 'certain',
    title,
    message: off ? `${lacks}: ${whyOff(observation)}.${also}` : `Without cgo ${lacks}.${also}`,
  }
}

function gone(one: CgoDifference, observation: CgoObservation, off: boolean, name: string, also: string): Weight {
  const files = enumerate(one.cgoFiles, 3)
  const consists = `${name} consists of files that need cgo alone${files === '' ? '' : ` (${files})`}`
  // A pattern such as ./... passes over a package without files: nothing fails, and the program is not there.
  if (one.passedOver === true) {
    const what = one.program === true ? 'the program is not built, and no command says so' : 'go build passes over it'
    return {
      severity: off && one.program === true ? 'warning' : 'notice',
      confidence: 'certain',
      title: `${one.package} is not built without cgo`,
      message: off
        ? `${consists}, and ${whyOff(observation)}: ${what}.${also}`
        : `${consists}: without it ${what}.${also}`,
    }
  }
  return {
    severity: off ? 'error' : 'notice',
    confidence: 'certain',
    title: `${one.package} is gone without cgo`,
    message: off
      ? `${consists}, and ${whyOff(observation)}: nothing is left of it.${also}`
      : `${consists}: without it nothing is left of it.${also}`,
  }
}

export default rule
