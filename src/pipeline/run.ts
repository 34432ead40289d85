import { ConfigurationError } from '../config/error.ts'
import { loadPolicy } from '../config/load-policy.ts'
import type { Settings } from '../config/settings.ts'
import type { Report } from '../domain/report.ts'
import { createGo, type Go } from '../go/go.ts'
import { GoCommandError, readGoEnv } from '../go/list.ts'
import type { PortCheckPlan, Probe } from '../probes/support/probe.ts'
import type { System } from '../system/types.ts'
import type { Toolchain } from '../toolchain/ensure.ts'
import type { BaseSource } from './base.ts'
import { guardCheckout } from './checkout-guard.ts'
import { compareWithBase } from './comparison.ts'
import { planModules, type ModulePlan } from './modules.ts'
import { observeBroken, probeModules } from './probe-modules.ts'
import { createRecord } from './record.ts'
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
  /** What to compare with, once the root of the repository is known; undefined or absent: nothing. */
  readonly base?: (root: string) => Promise<BaseSource | undefined>
  /** Called once Go is there and before the probes start: PATH, outputs, caches. */
  readonly onToolchain?: (ready: ToolchainReady) => Promise<void>
  /** Set when the port check is all that is asked for, by somebody who waits for it. */
  readonly portsAlone?: {
    /** True: only the targets of the settings. */
    readonly onlyTargets: boolean
    readonly onError?: PortCheckPlan['onError']
  }
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
 * The story of a run: modules and policy found, Go made ready, targets resolved, probes run side by side, the base looked
 * at, rules asked, verdict given. Throws a ConfigurationError for settings that cannot be; everything else ends up in the
 * report.
 */
export async function run(options: RunOptions): Promise<Report> {
  const { system, settings } = options
  const started = system.clock.seconds()
  for (const warning of settings.warnings) system.log.warning(warning)

  const plan = await planModules(system, options.dir, settings.workingDirectories)
  await options.beforeModules?.(plan.modules)
  const policy = await loadPolicy(system.files, plan.root, settings.policyFile)
  const allowed = policy === undefined ? {} : { policy }
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
        dir: plan.root,
        gotoolchain: settings.go.gotoolchain,
        timeoutSeconds: settings.timeoutSeconds,
      })
      const env = await readGoEnv(go).catch((error: unknown) => {
        if (!(error instanceof GoCommandError)) throw error
        return error
      })
      const goFlags = env instanceof GoCommandError ? system.env.GOFLAGS : env.GOFLAGS
      restoreCheckout = await guardCheckout(system.files, plan.root, plan.modules, goFlags ?? '')
      await options.onToolchain?.({ toolchain, go, root: plan.root, modules: plan.modules })
      if (settings.probes.size > 0) {
        if (env instanceof GoCommandError) observeBroken(env, plan.modules, record)
        else {
          const parts = { go, env, modules: plan.modules, scratchDir, record, ...allowed }
          await untilCancelled(system, probeModules(options, parts))
        }
      }
    }
    const comparison = await compareWithBase(options, record.snapshot(), { root: plan.root, scratchDir, ...allowed })
    return await concludeReport(options, record, comparison, started)
  } finally {
    await restoreCheckout?.()
    await system.files.remove(scratchDir).catch(() => undefined)
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
