import { formatTarget, type Target } from '../../domain/port.ts'
import type { ProbeContext } from './probe.ts'

/** Targets that the project itself names: in the targets input, or in its release configuration. Each once. */
export function namedTargets(context: Pick<ProbeContext, 'targets' | 'released'>): readonly Target[] {
  const named = context.targets.filter((one) => one.named).map((one) => one.target)
  const all = [...named, ...(context.released ?? [])]
  return [...new Map(all.map((target) => [formatTarget(target), target])).values()]
}
