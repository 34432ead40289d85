import type { BinaryObservation, GraphObservation, Observation } from '../domain/observation.ts'
import { formatTarget, type Port, type Target } from '../domain/port.ts'
import type { ReportModule, ReportProbe, ReportTarget, ReportToolchain } from '../domain/report.ts'
import type { PlannedTarget, ProbeContext } from '../probes/support/probe.ts'
import type { ModulePlan, Modules } from './modules.ts'
import type { ProbeRun } from './probe-runner.ts'
import { mergeRows, trustBuilds } from './reconcile.ts'
import { withCgoFacts } from './row-details.ts'

/** What is known so far: at any moment enough for a report, so that a cancelled run still has one. */
export interface RunRecord {
  readonly root: string
  readonly note: (sentence: string) => void
  readonly setToolchain: (toolchain: ReportToolchain) => void
  readonly setPorts: (ports: readonly Port[]) => void
  /** The host, and what was asked to be built. */
  readonly setTargets: (host: Target, planned: readonly PlannedTarget[]) => void
  readonly observe: (observation: Observation) => void
  readonly addModule: (module: ModulePlan, context: ModuleContext) => void
  readonly addProbe: (run: ProbeRun) => void
  readonly snapshot: () => Snapshot
}

export type ModuleContext = Omit<ProbeContext, 'resultOf'>

export interface Snapshot {
  readonly toolchain: ReportToolchain
  readonly ports: readonly Port[]
  /** Absent when no probe was started. */
  readonly asked?: { readonly host: Target; readonly planned: readonly PlannedTarget[] }
  readonly modules: readonly ReportModule[]
  readonly contexts: ReadonlyMap<string, ModuleContext>
  readonly probes: readonly ReportProbe[]
  readonly targets: readonly ReportTarget[]
  readonly observations: readonly Observation[]
  readonly notes: readonly string[]
}

const noToolchain: ReportToolchain = { version: '', source: 'none', verified: 'no Go was made ready' }

export function createRecord(plan: Modules): RunRecord {
  const notes = [...plan.notes]
  const observations: Observation[] = []
  const probes: ReportProbe[] = []
  const targets: ReportTarget[] = []
  const contexts = new Map<string, ModuleContext>()
  let toolchain = noToolchain
  let ports: readonly Port[] = []
  let asked: Snapshot['asked']
  const note = (sentence: string): void => void (notes.includes(sentence) || notes.push(sentence))
  return {
    root: plan.root,
    note,
    setToolchain: (ready) => void (toolchain = ready),
    setPorts: (known) => void (ports = known),
    setTargets: (host, planned) => void (asked = { host, planned }),
    observe: (observation) => void observations.push(observation),
    addModule: (module, context) => void contexts.set(module.dir, context),
    addProbe({ row, result }) {
      probes.push(row)
      observations.push(...result.observations)
      targets.push(...(result.targets ?? []))
      result.notes?.forEach(note)
    },
    snapshot: () => ({
      toolchain,
      ports,
      ...(asked === undefined ? {} : { asked }),
      modules: plan.modules.map((module) => reportModule(module, observations)),
      contexts,
      probes: [...probes],
      targets: mergeRows(targets).map((row) => withCgoFacts(withLinkage(row, observations), observations)),
      observations: trustBuilds(observations),
      notes: [...notes, ...observations.flatMap(omittedErrors)],
    }),
  }
}

function reportModule(module: ModulePlan, observations: readonly Observation[]): ReportModule {
  const graph = observations.find(
    (seen): seen is GraphObservation => seen.kind === 'graph' && seen.module === module.dir,
  )
  const { dir, path, goVersion, toolchain, workspace } = module
  return {
    dir,
    path,
    ...(goVersion === undefined ? {} : { goVersion }),
    ...(toolchain === undefined ? {} : { toolchain }),
    ...(workspace === undefined ? {} : { workspace }),
    ...(graph === undefined ? {} : { graph: { modules: graph.modules, edges: graph.edges } }),
  }
}

function omittedErrors(seen: Observation): readonly string[] {
  if (seen.kind !== 'command' || seen.omitted === undefined) return []
  return [
    `\`${seen.command}\` printed ${seen.omitted} more errors than are looked at; correct the first ones and run again.`,
  ]
}

/** The linkage of a target is that of its programs: dynamic when one of them is. */
function withLinkage(row: ReportTarget, observations: readonly Observation[]): ReportTarget {
  const linkages = observations
    .filter((seen): seen is BinaryObservation => seen.kind === 'binary' && seen.module === row.module)
    .filter((seen) => formatTarget(seen.target) === row.target)
    .map((seen) => seen.linkage)
  const linkage = linkages.find((one) => one === 'dynamic') ?? linkages.find((one) => one === 'unknown') ?? linkages[0]
  return linkage === undefined ? row : { ...row, linkage }
}
