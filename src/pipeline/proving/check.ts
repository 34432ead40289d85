import type { CommandObservation, Observation } from '../../domain/observation.ts'
import type { Target } from '../../domain/port.ts'
import type { ReportTarget } from '../../domain/report.ts'
import type { Probe } from '../../probes/support/probe.ts'
import { checkAgain } from '../base-check.ts'
import type { ProofCheck } from '../prove.ts'
import type { ModuleContext } from '../record.ts'
import { errorsOf, type CheckError } from './judge.ts'

/** More are not built for a proof: each takes as long as a build does. */
const mostBuilds = 6

/** The port check once more, or with a Go that it does not know the build of a few targets. */
export function createProofCheck(probes: readonly Probe[]): ProofCheck {
  const named = (name: string): Probe | undefined => probes.find((probe) => probe.name === name)
  return async (context, targets) => {
    const tools = await context.portCheck.tools().catch((error: unknown) => ({ unsupported: String(error) }))
    const [ports, build] = [named('ports'), named('build')]
    if (!('unsupported' in tools) && ports !== undefined) {
      const checked = await checkAgain(ports, context, targets)
      return 'missing' in checked
        ? checked
        : [...errorsIn(checked.observations, context), ...unseen(checked.rows, 'types')]
    }
    return build === undefined
      ? { missing: 'unsupported' in tools ? tools.unsupported : 'no probe can check it' }
      : buildAgain(build, context, targets)
  }
}

async function buildAgain(
  build: Probe,
  context: ModuleContext,
  targets: readonly Target[],
): Promise<readonly CheckError[] | { readonly missing: string }> {
  if (targets.length > mostBuilds)
    return { missing: `it would have to be built for ${targets.length} targets, and at most ${mostBuilds} are` }
  const result = await build.run({
    ...context,
    targets: targets.map((target) => ({ target, named: true })),
    resultOf: () => Promise.resolve(undefined),
  })
  return [...errorsIn(result.observations, context), ...unseen(result.targets ?? [], 'build')]
}

function errorsIn(observations: readonly Observation[], { go }: ModuleContext): readonly CheckError[] {
  const failed = observations.filter((seen): seen is CommandObservation => seen.kind === 'command' && seen.failed)
  return errorsOf(failed, go.dir)
}

/** A target that was not looked at has not passed. */
function unseen(rows: readonly ReportTarget[], by: 'types' | 'build'): readonly CheckError[] {
  return rows
    .filter((row) => row[by] !== 'pass' && row[by] !== 'fail')
    .map((row) => ({ target: row.target, module: '', package: '', text: row.reason ?? 'it was not checked' }))
}
