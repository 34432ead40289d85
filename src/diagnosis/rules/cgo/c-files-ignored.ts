import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { culpritLocations, filesEitherWay, packageName, wayThere, whyOff } from '../../rule-helpers/cgo-hidden.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { enumerate } from '../../rule-helpers/text.ts'

const rule: Rule = {
  id: 'c-files-ignored',
  area: 'cgo',
  title: 'C files lie in a package that has no cgo, and are passed over',
  what: 'A package has C, C++ or assembly files for a C compiler, and no Go file that imports "C". With cgo on the go command refuses it, with cgo off it passes over these files without a word.',
  why: 'The go command hands C files to a C compiler only for packages that use cgo (import "C"). With CGO_ENABLED=0 it ignores all of them, so that the same package builds in a cross build and fails on the machine itself.',
  fix: 'Import "C" where the C code is called, or move the files out of the package, or give them a build constraint (//go:build ignore).',
  classes: [],
  example: 'C source files not allowed when not using cgo or SWIG: native.c',
  observe: {
    cgo: async (observation, facts) =>
      Promise.all(
        observation.differences
          .filter((one) => one.change === 'ignored' && !(observation.enabled && (one.offOn ?? []).length > 0))
          .map(async (one) => {
            const files = enumerate(one.otherFiles ?? [], 4)
            const name = packageName(one.package, one.module)
            return diagnosis({
              severity: one.module === undefined && !observation.enabled ? 'warning' : 'notice',
              message: observation.enabled
                ? `${name} has ${files} and no file that imports "C": with cgo on the go command refuses it, and without cgo it passes over them.${wayThere(one.chain)}`
                : `${name} has ${files} and no file that imports "C": ${whyOff(observation)}, so they are passed over without a word; with cgo on the go command refuses the package.${wayThere(one.chain)}`,
              fix: advice(
                'Import "C" in the Go file that calls the C code; or, when nothing calls it, move it into a folder without Go files.',
              ),
              locations: await culpritLocations(one.package, one, facts),
              module: one.module?.path,
              version: one.module?.version,
              package: one.package,
              key: one.package,
              excerpt: filesEitherWay(one),
              // With cgo on the build says it, and more.
              follows: ['cgo-source-mix'],
            })
          }),
      ),
  },
}

export default rule
