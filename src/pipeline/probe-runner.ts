import type { Observation } from '../domain/observation.ts'
import type { ProbeName, ReportProbe } from '../domain/report.ts'
import type { Probe, ProbeContext, ProbeResult } from '../probes/support/probe.ts'

export interface ProbeRun {
  readonly row: ReportProbe
  readonly result: ProbeResult
}

/**
 * Runs the probes of one module side by side, each after those it needs. A probe that throws is one that broke: an
 * observation for the rule `probe-broken`, while the others go on.
 */
export async function runProbes(
  probes: readonly Probe[],
  base: Omit<ProbeContext, 'resultOf'>,
  done: (run: ProbeRun) => void,
): Promise<void> {
  const results = new Map<ProbeName, Promise<ProbeResult | undefined>>()
  const context: ProbeContext = { ...base, resultOf: async (name) => results.get(name) }
  for (const probe of inOrder(probes)) {
    const needed = (probe.needs ?? []).flatMap((name) => results.get(name) ?? [])
    const run = Promise.all(needed).then(async () => {
      const finished = await runProbe(probe, context)
      done(finished)
      return finished.row.outcome === 'error' ? undefined : finished.result
    })
    results.set(probe.name, run)
  }
  await Promise.all(results.values())
}

async function runProbe(probe: Probe, context: ProbeContext): Promise<ProbeRun> {
  const { clock, signal } = context.system
  const started = clock.seconds()
  const finish = (result: ProbeResult): ProbeRun => {
    const row: ReportProbe = {
      probe: probe.name,
      module: context.module.dir,
      outcome: result.outcome,
      ...(result.reason === undefined ? {} : { reason: result.reason }),
      seconds: Math.round((clock.seconds() - started) * 1000) / 1000,
    }
    return { row, result }
  }
  const cancelled: ProbeResult = { outcome: 'skipped', reason: 'cancelled', observations: [] }
  if (signal.aborted) return finish(cancelled)
  try {
    const result = await probe.run(context)
    // What a probe saw while its commands were being killed says nothing about the module, but rows of finished targets do.
    if (signal.aborted)
      return finish({ ...cancelled, ...(result.targets === undefined ? {} : { targets: result.targets }) })
    return finish(result)
  } catch (error) {
    if (signal.aborted) return finish(cancelled)
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
    const observation: Observation = {
      kind: 'broken-probe',
      probe: probe.name,
      module: context.module.dir,
      error: text,
    }
    return finish({ outcome: 'error', reason: firstLine(error), observations: [observation] })
  }
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? ''
}

/** Needed probes first. */
function inOrder(probes: readonly Probe[]): readonly Probe[] {
  const sorted: Probe[] = []
  const visit = (probe: Probe): void => {
    if (sorted.includes(probe)) return
    for (const name of probe.needs ?? []) {
      const needed = probes.find((candidate) => candidate.name === name)
      if (needed !== undefined) visit(needed)
    }
    sorted.push(probe)
  }
  for (const probe of probes) visit(probe)
  return sorted
}
