import path from 'node:path'

import type { CommandObservation, Observation } from '../domain/observation.ts'
import { formatTarget, type Target } from '../domain/port.ts'
import type { ReportTarget } from '../domain/report.ts'
import { createListings } from '../probes/support/listings.ts'
import type { Probe, ProbeResult } from '../probes/support/probe.ts'
import type { System } from '../system/types.ts'
import type { Base } from './base.ts'
import { isPortCheck } from './difference.ts'
import type { ModuleContext } from './record.ts'

/** What a type check of chosen targets says; a sentence when it says nothing. */
export type Checked =
  | { readonly observations: readonly Observation[]; readonly rows: readonly ReportTarget[] }
  | { readonly missing: string }

/** Type-checks a module once more, on some targets, without telling anybody of it. */
export async function checkAgain(probe: Probe, context: ModuleContext, targets: readonly Target[]): Promise<Checked> {
  const { tools } = context.portCheck
  const system = quiet(context.system)
  const result = await probe
    .run({ ...context, system, portCheck: { tools, alone: true, targets }, resultOf: () => Promise.resolve(undefined) })
    .catch((error: unknown): ProbeResult => {
      const reason = error instanceof Error ? error.message : String(error)
      return { outcome: 'error', reason, observations: [] }
    })
  if (result.targets === undefined) return { missing: result.reason ?? 'the type check said nothing' }
  return { observations: result.observations.filter(isPortCheck), rows: result.targets }
}

/**
 * The same module at the base, as the probes would be given it; undefined when there was no such module. Its scratch folder
 * is another one, and the go command finds the go.mod and go.work of the base.
 */
export async function baseContext(context: ModuleContext, base: Base): Promise<ModuleContext | undefined> {
  const absoluteDir = path.join(base.root, context.module.dir)
  if ((await context.system.files.stat(path.join(absoluteDir, 'go.mod'))) === undefined) return undefined
  const go = context.go.in(absoluteDir)
  return {
    ...context,
    root: base.root,
    module: { ...context.module, absoluteDir },
    go,
    listings: createListings(go, context.host, context.settings.packages, context.settings.tags),
    scratchDir: path.join(context.scratchDir, 'at-base'),
  }
}

/** Names of the targets that failed. */
export function failingTargets(rows: readonly ReportTarget[]): ReadonlySet<string> {
  return new Set(rows.filter((row) => row.types === 'fail').map((row) => row.target))
}

/** What a module needs cgo for on a target: the packages that do not compile without it. */
export function complaintsOn(observations: readonly Observation[], target: string): readonly CommandObservation[] {
  return observations.filter(
    (seen): seen is CommandObservation =>
      isPortCheck(seen) &&
      seen.tests !== true &&
      [seen.target, ...(seen.alsoOn ?? [])].some((one) => one !== undefined && formatTarget(one) === target),
  )
}

function quiet(system: System): System {
  const { log } = system
  const nothing = (): void => undefined
  return { ...system, log: { ...log, info: log.debug, block: nothing, progress: nothing } }
}
