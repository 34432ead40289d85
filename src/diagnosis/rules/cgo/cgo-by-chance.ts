import type { CgoObservation } from '../../../domain/observation.ts'
import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { enumerate } from '../../rule-helpers/text.ts'

const rule: Rule = {
  id: 'cgo-by-chance',
  area: 'cgo',
  title: 'Whether cgo is on depends on the machine that builds',
  what: 'Nothing sets CGO_ENABLED, so that the go command turns cgo on when it finds a C compiler on PATH and off when it does not, and the program is another one with cgo than without.',
  why: 'Since Go 1.20 a native build without CC has cgo on only when the default C compiler (gcc, or clang on macOS and the BSDs) is on PATH. One image for builds has it and the next one has not: the same commit gives a program that is linked against libc, or a static one, with other packages in it.',
  fix: 'Set CGO_ENABLED to 1 or 0 in the release build.',
  since: '1.20',
  classes: [],
  observe: {
    cgo: (observation) => {
      const { reason, enabled, programs = 0, differences, programAt, compiler = 'C compiler' } = observation
      if ((reason !== 'compiler' && reason !== 'no-compiler') || programs === 0) return []
      const packages = packagesThatDiffer(observation)
      const { standard = [] } = observation
      if (packages.length === 0 && standard.length === 0) return []
      const at = differences.find((one) => one.importedAt !== undefined)?.importedAt ?? programAt
      const differ = enumerate([...packages, ...standard], 4)
      return [
        diagnosis({
          // Off by chance, a package that needs cgo is missing now; on by chance, it may be the next time.
          severity: !enabled && packages.length > 0 ? 'warning' : 'notice',
          message: enabled
            ? `cgo is on (CGO_ENABLED=1) only because ${compiler} is on PATH here: nothing sets CGO_ENABLED or CC. On a machine without ${compiler} it is off, and ${differ} would be built from other files.`
            : `cgo is off (CGO_ENABLED=0) only because ${compiler} is not on PATH here: nothing sets CGO_ENABLED or CC. On a machine with ${compiler} it is on, and ${differ} would be built from other files.`,
          fix: advice(
            packages.length > 0
              ? 'Set CGO_ENABLED=1 where the program is built for release (and install the compiler), or CGO_ENABLED=0 when it is meant to do without.'
              : "Set CGO_ENABLED=0 for a static program with Go's own look-ups of hosts and users, or CGO_ENABLED=1 for those of libc.",
            [`CGO_ENABLED=${packages.length > 0 ? '1' : '0'} go build ./...`],
          ),
          locations: at === undefined ? [] : [at],
          key: `mode ${observation.module ?? ''}`,
        }),
      ]
    },
  },
}

function packagesThatDiffer({ differences, imports = [] }: CgoObservation): readonly string[] {
  const plugin = imports.some((one) => one.of === 'plugin' && !one.stubWithCgo) ? ['plugin'] : []
  const built = differences.filter((one) => one.passedOver !== true || one.program === true)
  return [...built.map((one) => one.package), ...plugin]
}

export default rule
