import path from 'node:path'

import { ConfigurationError } from '../config/error.ts'
import type { Settings } from '../config/settings.ts'
import type { Target } from '../domain/port.ts'
import type { Report } from '../domain/report.ts'
import { createGo, type Go } from '../go/go.ts'
import { hostTarget } from '../go/host.ts'
import { GoCommandError, listPorts, readGoEnv } from '../go/list.ts'
import { createListings } from '../probes/support/listings.ts'
import { observeRun } from '../probes/support/observe.ts'
import type { PlannedTarget, Probe, ProbeContext } from '../probes/support/probe.ts'
import type { System } from '../system/types.ts'
import type { Toolchain } from '../toolchain/ensure.ts'
import { guardCheckout } from './checkout-guard.ts'
import { buildConcurrency, createLimit } from './limit.ts'
import { planModules, type ModulePlan } from './modules.ts'
import { runProbes } from './probe-runner.ts'
import { createRecord, type RunRecord } from './record.ts'
import { resolveTargets } from './targets.ts'
import { readyToolchain } from './toolchain.ts'
import { concludeReport } from './conclude.ts'

/** What a run is told: settings, where, and the moments at which an entry wants to act. */
export interface RunOptions {
  readonly system: System
  /** The system that Go is made ready with, where the run's own serves modules of its own; `system` when absent. */
  readonly toolchainSystem?: System
  readonly settings: Settings
  /** Directory that the run was started on, absolute. */
  readonly dir: string
  readonly toolCacheRoot: string
  readonly probes: readonly Probe[]
  readonly docsUrl: (rule: string) => string
  /** Called when the modules are known and before anything of theirs is used; may throw a ConfigurationError. */
  readonly beforeModules?: (modules: readonly ModulePlan[]) => Promise<void>
  /** Called once Go is there and before the probes start: PATH, outputs, caches. */
  readonly onToolchain?: (ready: ToolchainReady) => Promise<void>
}

export interface ToolchainReady {
  readonly toolchain: Toolchain
  readonly go: Go
  readonly root: string
  readonly modules: readonly ModulePlan[]
}

/** What is left after a cancel: the runner kills 7.5 s after its first signal, so a report has to be out well before. */
const cancelPatienceSeconds = 4

/**
 * The story of a run: modules found, Go made ready, targets resolved, probes run side by side, rules asked, verdict
 * given. Throws a ConfigurationError for settings that cannot be; everything else ends up in the report.
 */
export async function run(options: RunOptions): Promise<Report> {
  const { system, settings } = options
  const started = system.clock.seconds()
  for (const warning of settings.warnings) system.log.warning(warning)

  const plan = await planModules(system, options.dir, settings.workingDirectories)
  const { root } = plan
  await options.beforeModules?.(plan.modules)
  const record = createRecord(plan)
  const scratchDir = await system.files.makeTempDir('gopreflight-').catch((error: unknown) => {
    throw new ConfigurationError([`No folder for temporary files can be made: ${messageOf(error)}`])
  })
  let restoreCheckout: (() => Promise<void>) | undefined
  try {
    const toolchain = await readyToolchain(options, plan.modules, record)
    if (toolchain !== undefined) {
      const go = createGo({
        system,
        goBinary: toolchain.go,
        goroot: toolchain.goroot,
        version: toolchain.version,
        dir: root,
        gotoolchain: settings.go.gotoolchain,
        timeoutSeconds: settings.timeoutSeconds,
      })
      const goFlags = await readGoEnv(go).then(
        (env) => env.GOFLAGS ?? '',
        () => system.env.GOFLAGS ?? '',
      )
      restoreCheckout = await guardCheckout(system.files, root, plan.modules, goFlags)
      await options.onToolchain?.({ toolchain, go, root, modules: plan.modules })
      if (settings.probes.size > 0)
        await untilCancelled(system, probeModules(options, root, go, plan.modules, scratchDir, record))
    }
    return await concludeReport(options, record, started)
  } finally {
    await restoreCheckout?.()
    await system.files.remove(scratchDir).catch(() => undefined)
  }
}

async function probeModules(
  options: RunOptions,
  root: string,
  go: Go,
  modules: readonly ModulePlan[],
  scratchDir: string,
  record: RunRecord,
): Promise<void> {
  const { system, settings } = options
  const asked = await Promise.all([hostTarget(go), listPorts(go)]).catch((error: unknown) => {
    if (!(error instanceof GoCommandError)) throw error
    // GOFLAGS that cannot be read, no HOME: what the go command says of it is for the rules.
    const module = modules[0]?.dir ?? '.'
    record.observe(observeRun(error.run, { probe: 'toolchain', module, readStdout: true }))
  })
  if (asked === undefined) return
  const [host, ports] = asked
  const known = ports.values.map((port) => ({
    goos: port.GOOS,
    goarch: port.GOARCH,
    cgoSupported: port.CgoSupported,
    firstClass: port.FirstClass ?? false,
  }))
  // In a job matrix the other legs would build the same targets again: they build their host alone.
  const selectors = settings.leg === 0 ? settings.targets : [{ kind: 'group' as const, group: 'host' as const }]
  const targets = resolveTargets(selectors, known, host, settings.cgo, go.version)
  if (
    settings.leg !== 0 &&
    settings.targets.some((selector) => selector.kind !== 'group' || selector.group !== 'host')
  ) {
    record.note(`This is leg ${settings.leg} of a job matrix: targets beyond the host are built on the first leg.`)
  }
  record.setPorts(known)
  const wanted = options.probes.filter((probe) => settings.probes.has(probe.name))
  const limit = createLimit(buildConcurrency(system.host))
  const hostMode: Target = settings.cgo === undefined ? host : { ...host, cgo: settings.cgo }

  await Promise.all(
    modules.map(async (module, index) => {
      const context = moduleContext(options, root, go, module, {
        host: hostMode,
        targets,
        limit,
        scratchDir: path.join(scratchDir, String(index)),
      })
      record.addModule(module, context)
      await runProbes(wanted, context, (finished) => record.addProbe(finished))
    }),
  )
}

function moduleContext(
  options: RunOptions,
  root: string,
  go: Go,
  module: ModulePlan,
  parts: {
    readonly host: Target
    readonly targets: readonly PlannedTarget[]
    readonly limit: ProbeContext['limit']
    readonly scratchDir: string
  },
): Omit<ProbeContext, 'resultOf'> {
  const { settings } = options
  const inModule = go.in(module.absoluteDir)
  return {
    system: options.system,
    root,
    module,
    go: inModule,
    settings,
    listings: createListings(inModule, parts.host, settings.packages, settings.tags),
    ...parts,
  }
}

/** Waits for the probes, but after a cancel no longer than a report can wait. */
async function untilCancelled(system: System, work: Promise<void>): Promise<void> {
  const abandoned = new Promise<void>((resolve) => {
    const giveUp = (): void => void system.clock.sleep(cancelPatienceSeconds).then(resolve)
    if (system.signal.aborted) giveUp()
    else system.signal.addEventListener('abort', giveUp, { once: true })
  })
  await Promise.race([work, abandoned])
}

function messageOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error)
}
