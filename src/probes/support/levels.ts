import { allLevelVariables } from '../../domain/levels.ts'
import type { LevelsObservation } from '../../domain/platform-observation.ts'
import type { TargetLevel } from '../../domain/platform.ts'
import { declaredCpu, type Policy } from '../../domain/policy.ts'
import { formatTarget, levelVariables, type Target } from '../../domain/port.ts'
import { readGoEnv } from '../../go/list.ts'
import type { ProbeContext } from './probe.ts'

/** The level variables as they are set, and the level of every target that the policy declares processors for. */
export async function observeLevels(context: ProbeContext): Promise<LevelsObservation> {
  const env = await readGoEnv(context.go, { names: allLevelVariables })
  const { policy } = context
  const targets = await Promise.all(
    policy === undefined ? [] : looked(context).map((target) => targetLevel(context, policy, target)),
  )
  return {
    kind: 'levels',
    probe: 'platforms',
    module: context.module.dir,
    goVersion: context.go.version,
    settings: allLevelVariables.flatMap((variable) => {
      const value = env[variable] ?? ''
      return value === '' ? [] : [{ variable, value }]
    }),
    targets: targets.filter((one) => one !== undefined),
  }
}

/** Every target of the run, and what is released. */
function looked(context: ProbeContext): readonly Target[] {
  const all = [...context.targets.map(({ target }) => target), ...(context.released ?? [])]
  return [...new Map(all.map((target) => [formatTarget(target), target])).values()]
}

async function targetLevel(context: ProbeContext, policy: Policy, target: Target): Promise<TargetLevel | undefined> {
  const variable = levelVariables[target.goarch]
  // A line that declares processors names their architecture, so whether the port is first class decides nothing.
  const cpu = declaredCpu(policy, { ...target, firstClass: false })
  if (variable === undefined || cpu === undefined) return undefined
  const level = target.level ?? (await context.listings.env(target))[variable]
  if (level === undefined || level === '') return undefined
  return { target, variable, level, deployed: { level: cpu.level, at: { file: policy.path, line: cpu.line } } }
}
