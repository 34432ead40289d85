import { policyTargets, type Policy } from '../domain/policy.ts'
import { formatPort, formatTarget, type Port, type Target } from '../domain/port.ts'
import type { Go } from '../go/go.ts'
import { ensurePortcheck } from '../portcheck/ensure.ts'
import { toolPlace, type Unsupported } from '../portcheck/place.ts'
import { portsTable } from '../portcheck/ports-table.ts'
import type { PlannedTarget, PortCheckTools } from '../probes/support/probe.ts'
import type { System } from '../system/types.ts'

interface ToolOptions {
  readonly system: System
  readonly go: Go
  /** `go env -json` of the run. */
  readonly env: Readonly<Record<string, string>>
  readonly toolCacheRoot: string
  readonly scratchDir: string
}

/**
 * Starts to make the program of the port check ready, and the table of ports beside it, so that both are there when the
 * modules are downloaded. What it returns tells why there is none for this Go; it throws where there should be one, which
 * breaks the probe that asks.
 */
export function startPortCheck(options: ToolOptions): () => Promise<PortCheckTools | Unsupported> {
  const ready = prepare(options)
  // Whoever asks gets the error; nobody may.
  ready.catch(() => undefined)
  return () => ready
}

async function prepare(options: ToolOptions): Promise<PortCheckTools | Unsupported> {
  const { system, go, env } = options
  const place = await toolPlace(system, options)
  if ('unsupported' in place) return place
  const [tool, table] = await Promise.all([
    ensurePortcheck({ ...options, place }),
    portsTable({ system, go, env, dir: place.dir }),
  ])
  if ('unsupported' in tool) throw new Error(tool.unsupported)
  if (tool.source === 'built') system.log.info(`portcheck was built with ${go.version} in ${tool.seconds.toFixed(1)} s`)
  return { tool, table }
}

/**
 * The targets of the port check: every port in the cgo mode of the run, and of the planned targets and those of the policy
 * the ones that are another level of a port. A planned target without a level is a port that is there already.
 */
export function portCheckTargets(
  ports: readonly Port[],
  planned: readonly PlannedTarget[],
  cgo: boolean | undefined,
  policy?: Policy,
): readonly Target[] {
  const ofPolicy = policyTargets(policy === undefined ? [] : [policy], ports).map(
    ({ firstClass: _, ...target }): Target => target,
  )
  const all = ports.map(({ goos, goarch, cgoSupported }): Target => ({
    goos,
    goarch,
    ...(cgo === undefined ? {} : { cgo: cgo && cgoSupported }),
  }))
  const known = new Set(all.map(formatPort))
  const more = [...ofPolicy, ...planned.map(({ target }) => target)]
    .filter((target) => !known.has(formatTarget(target)))
    .map((target) => [formatTarget(target), target] as const)
  return [...all, ...new Map(more).values()]
}
