import type { CgoImport, CgoObservation } from '../../../domain/observation.ts'
import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { culpritLocations, packageName, wayThere, whyOff } from '../../rule-helpers/cgo-hidden.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'

// On these the rule about calls that cannot work says it, with the call.
const others: readonly string[] = ['js', 'wasip1']

const rule: Rule = {
  id: 'plugin-stub',
  area: 'cgo',
  title: 'plugin.Open only returns an error',
  what: 'The program imports package plugin, which opens plugins on Linux, macOS and FreeBSD with cgo alone. Elsewhere it compiles and Open returns “plugin: not implemented”.',
  why: 'Package plugin loads shared objects with dlopen of the C library. Without cgo, and on other systems, its files are those of a stub (src/plugin/plugin_stubs.go).',
  fix: 'Build for Linux, macOS or FreeBSD with CGO_ENABLED=1, or let plugins be programs of their own that are talked to through a pipe or a socket.',
  classes: [],
  example: 'plugin: not implemented',
  observe: {
    cgo: async (observation, facts) => {
      const { target, imports = [] } = observation
      const stubs = imports.filter((one) => one.of === 'plugin' && one.stub && !others.includes(target.goos))
      return Promise.all(
        stubs.map(async (one) =>
          diagnosis({
            // A dependency may well have a use for plugins that this program does not.
            severity: one.own ? 'warning' : 'notice',
            message: `${packageName(one.by, one.module)} imports plugin, and ${reason(one, observation)}: plugin.Open returns “plugin: not implemented”.${wayThere(one.chain)}`,
            fix: one.stubWithCgo
              ? advice(
                  'Let plugins be programs of their own, or leave the code that opens them out on such systems (//go:build cgo && (linux || darwin || freebsd)).',
                )
              : advice(
                  'Build with CGO_ENABLED=1 and a C compiler for the target; program and plugins have to be built alike.',
                  ['CGO_ENABLED=1 go build ./...'],
                ),
            locations: await culpritLocations(one.by, one, facts),
            module: one.module?.path,
            version: one.module?.version,
            package: one.by,
            key: one.by,
          }),
        ),
      )
    },
  },
}

function reason(one: CgoImport, observation: CgoObservation): string {
  return one.stubWithCgo ? `${observation.target.goos} has no plugins` : whyOff(observation)
}

export default rule
