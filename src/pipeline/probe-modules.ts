import path from 'node:path'

import type { Policy } from '../domain/policy.ts'
import type { Port, Target } from '../domain/port.ts'
import type { Go } from '../go/go.ts'
import { hostOf } from '../go/host.ts'
import { GoCommandError, listPorts } from '../go/list.ts'
import { createListings } from '../probes/support/listings.ts'
import { observeRun } from '../probes/support/observe.ts'
import type { PortCheckPlan, Probe, ProbeContext, ProbeResult } from '../probes/support/probe.ts'
import { buildConcurrency, createLimit } from './limit.ts'
import type { ModulePlan } from './modules.ts'
import { checkPolicyPorts, releasedPorts } from './policies.ts'
import { portCheckTargets, startPortCheck } from './port-check.ts'
import { runProbes } from './probe-runner.ts'
import type { RunRecord } from './record.ts'
import type { RunOptions } from './run.ts'
import { resolveTargets } from './targets.ts'

interface ProbeRunParts {
  /** In the root of the repository. */
  readonly go: Go
  /** `go env -json` there. */
  readonly env: Readonly<Record<string, string>>
  readonly modules: readonly ModulePlan[]
  readonly scratchDir: string
  readonly record: RunRecord
  readonly policy?: Policy
}

/** Probes that use the port check's program. */
const portCheckers: ReadonlySet<string> = new Set(['ports', 'tags'])

/** One fills the cores but while it reads files, and takes as much memory as a build. */
const mostPortChecks = 2

/** Runs the probes on every module, all side by side. */
export async function probeModules(options: RunOptions, parts: ProbeRunParts): Promise<void> {
  const { settings, portsAlone } = options
  const { go, env, modules, scratchDir, record } = parts
  const wanted = options.probes
    .filter((probe) => settings.probes.has(probe.name))
    .map((probe) => (settings.leg === 0 || probe.firstLegOnly !== true ? probe : onFirstLeg(probe, settings.leg)))
  const tools = wanted.some((probe) => portCheckers.has(probe.name) && probe.firstLegOnly === true)
    ? startPortCheck({ ...options, go, env, scratchDir })
    : () => Promise.resolve({ unsupported: 'The port check is not part of this run.' })

  const ports = await readPorts(options, go, tools).catch((error: unknown) => {
    if (!(error instanceof GoCommandError)) throw error
    observeBroken(error, modules, record)
  })
  if (ports === undefined) return
  const host = hostOf(env)
  // In a job matrix the other legs would build the same targets again: they build their host alone.
  const selectors = settings.leg === 0 ? settings.targets : [{ kind: 'group' as const, group: 'host' as const }]
  const targets = resolveTargets(selectors, ports, host, settings.cgo, go.version)
  if (
    settings.leg !== 0 &&
    settings.targets.some((selector) => selector.kind !== 'group' || selector.group !== 'host')
  ) {
    record.note(`This is leg ${settings.leg} of a job matrix: targets beyond the host are built on the first leg.`)
  }
  if (parts.policy !== undefined) checkPolicyPorts(parts.policy, ports, go.version).forEach(record.note)
  const hostMode: Target = settings.cgo === undefined ? host : { ...host, cgo: settings.cgo }
  record.setPorts(ports)
  record.setTargets(hostMode, targets)
  const limit = createLimit(buildConcurrency(options.system.host))
  const portCheck: PortCheckPlan = {
    tools,
    alone: portsAlone !== undefined,
    limit: createLimit(Math.min(mostPortChecks, buildConcurrency(options.system.host))),
    targets:
      portsAlone?.onlyTargets === true
        ? targets.map(({ target }) => target)
        : portCheckTargets(ports, targets, settings.cgo, parts.policy),
    ...(portsAlone?.onError === undefined ? {} : { onError: portsAlone.onError }),
  }
  await Promise.all(
    modules.map(async (module, index) => {
      const release = await releasedPorts(options.system.files, go.dir, [module.dir], ports)
      const context = moduleContext(options, parts, module, {
        ...(release.path === undefined ? {} : { released: release.targets }),
        host: hostMode,
        targets,
        portCheck,
        limit,
        scratchDir: path.join(scratchDir, String(index)),
      })
      record.addModule(module, context)
      await runProbes(wanted, context, (finished) => record.addProbe(finished))
    }),
  )
}

/** GOFLAGS that cannot be read, no HOME: what the go command says of it is for the rules. */
export function observeBroken(error: GoCommandError, modules: readonly ModulePlan[], record: RunRecord): void {
  const module = modules[0]?.dir ?? '.'
  record.observe(observeRun(error.run, { probe: 'toolchain', module, readStdout: true }))
}

function onFirstLeg(probe: Probe, leg: number): Probe {
  const reason = `it runs on the first leg of the job matrix, and this is leg ${leg}`
  const result: ProbeResult = { outcome: 'skipped', reason, observations: [] }
  return { ...probe, firstLegOnly: false, run: () => Promise.resolve(result) }
}

/** The ports of the toolchain; a run that only checks ports has them in the table that it needs anyway. */
async function readPorts(options: RunOptions, go: Go, tools: PortCheckPlan['tools']): Promise<readonly Port[]> {
  if (options.portsAlone !== undefined) {
    // What is wrong with the tools is the probe's to tell.
    const ready = await tools().catch(() => undefined)
    if (ready !== undefined && !('unsupported' in ready)) return ready.table.rows
  }
  const listed = await listPorts(go)
  return listed.values.map((port) => ({
    goos: port.GOOS,
    goarch: port.GOARCH,
    cgoSupported: port.CgoSupported,
    firstClass: port.FirstClass ?? false,
  }))
}

type ContextParts = Pick<ProbeContext, 'host' | 'targets' | 'released' | 'portCheck' | 'limit' | 'scratchDir'>

function moduleContext(
  options: RunOptions,
  { go, env, policy }: ProbeRunParts,
  module: ModulePlan,
  parts: ContextParts,
): Omit<ProbeContext, 'resultOf'> {
  const { settings, system } = options
  const inModule = go.in(module.absoluteDir)
  const known = module.absoluteDir === go.dir ? env : undefined
  return {
    system,
    root: go.dir,
    module,
    go: inModule,
    settings,
    listings: createListings(inModule, parts.host, settings.packages, settings.tags, known),
    ...(policy === undefined ? {} : { policy }),
    ...parts,
  }
}
