import { formatPort, formatTarget, targetKey, type Target } from '../domain/port.ts'
import { failureText, GoCommandError } from '../go/list.ts'
import type { System } from '../system/types.ts'
import type { PortsTable } from './ports-table.ts'
import type { WireSlot } from './wire.ts'

/** A target that a check was asked for, with what portcheck is told of it. */
export interface RequestedSlot {
  /** The cgo mode is always there: what the go command would decide when nobody did. */
  readonly target: Target
  readonly name: string
  /** Absent for one that cannot be checked. */
  readonly wire?: WireSlot
  readonly unsupported?: string
}

interface SlotOptions {
  readonly system: System
  /** `go env -json`, of the host. */
  readonly env: Readonly<Record<string, string>>
  readonly targets: readonly Target[]
  readonly table: PortsTable
}

/** The slots of a request, one for each target that is not there twice, in the order given. Never throws. */
export async function planSlots(options: SlotOptions): Promise<readonly RequestedSlot[]> {
  const decideCgo = await cgoDecider(options)
  const decided = options.targets.map((target): Target => ({ ...target, cgo: decideCgo(target) }))
  const targets = [...new Map(decided.map((target) => [targetKey(target), target])).values()]
  const names = targets.map(formatTarget)
  return Promise.all(
    targets.map(async (target): Promise<RequestedSlot> => {
      const plain = formatTarget(target)
      const shared = names.filter((name) => name === plain).length > 1
      const name = shared ? `${plain} ${target.cgo === true ? 'cgo' : 'no cgo'}` : plain
      const planned = await wireSlot(options, target, name)
      return { target, name, ...planned }
    }),
  )
}

async function wireSlot(
  { table }: SlotOptions,
  target: Target,
  name: string,
): Promise<Pick<RequestedSlot, 'wire' | 'unsupported'>> {
  const { goos, goarch, cgo = false } = target
  if (!table.rows.some((row) => row.goos === goos && row.goarch === goarch))
    return { unsupported: `This Go has no port ${formatPort(target)}.` }
  try {
    return { wire: { name, goos, goarch, cgo, toolTags: await table.toolTags(target) } }
  } catch (error) {
    if (!(error instanceof GoCommandError)) throw error
    return { unsupported: failureText(error.run) }
  }
}

/**
 * CGO_ENABLED of a target as the go command decides it: what was asked for, else the variable, else on for the host alone,
 * where a compiler was found; never on a port without cgo (go/build, defaultContext).
 */
async function cgoDecider({ system, env, table }: SlotOptions): Promise<(target: Target) => boolean> {
  const asked = system.env.CGO_ENABLED || (await persistedCgo(system, env.GOENV ?? ''))
  return (target) => {
    const row = table.rows.find(({ goos, goarch }) => goos === target.goos && goarch === target.goarch)
    if (row?.cgoSupported !== true) return false
    if (target.cgo !== undefined) return target.cgo
    if (asked === '0' || asked === '1') return asked === '1'
    const isHost = target.goos === env.GOHOSTOS && target.goarch === env.GOHOSTARCH
    return isHost && env.CGO_ENABLED === '1'
  }
}

/** What `go env -w CGO_ENABLED=…` left: `go env` shows it and a default alike. */
async function persistedCgo(system: System, goEnv: string): Promise<string | undefined> {
  if (goEnv === '' || goEnv === 'off') return undefined
  const text = await system.files.readText(goEnv).catch(() => '')
  return /^CGO_ENABLED=([01])\r?$/m.exec(text)?.[1]
}
