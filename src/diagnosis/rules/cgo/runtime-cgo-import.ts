import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { culpritLocations, packageName, wayThere, whyOff } from '../../rule-helpers/cgo-hidden.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'

const rule: Rule = {
  id: 'runtime-cgo-import',
  area: 'cgo',
  title: 'runtime/cgo is imported in a file that needs no cgo itself',
  what: 'A file imports runtime/cgo, for cgo.Handle most likely, and is compiled without cgo too. Then the C half of the runtime is missing, and the linker gives up.',
  why: 'runtime/cgo is the half of the runtime that the C compiler makes. Files that import "C" bring it along and are left out without cgo; a file that imports it by itself is not.',
  fix: 'Give the file the constraint //go:build cgo, with another one for !cgo, or build with CGO_ENABLED=1.',
  classes: ['C22'],
  example: 'runtime.cgo_yield: relocation target _cgo_yield not defined',
  observe: {
    cgo: async (observation, facts) => {
      const { enabled, imports = [], programs = 0 } = observation
      const found = imports.filter((one) => one.of === 'runtime/cgo' && !(enabled && (one.offOn ?? []).length > 0))
      return Promise.all(
        found.map(async (one) =>
          diagnosis({
            severity: enabled ? 'notice' : programs > 0 ? 'error' : 'warning',
            message: `${packageName(one.by, one.module)} imports runtime/cgo in a file that is built without cgo too${enabled ? ': a program with it does not link then' : `, and ${whyOff(observation)}: ${programs > 0 ? 'the program does not link' : 'no program with it links'}`}.${wayThere(one.chain)}`,
            fix: advice(
              'Add //go:build cgo to the file that imports it, and a file with //go:build !cgo that does without; or build with CGO_ENABLED=1.',
            ),
            locations: await culpritLocations(one.by, one, facts),
            module: one.module?.path,
            version: one.module?.version,
            key: one.by,
          }),
        ),
      )
    },
  },
}

export default rule
