import type { Target } from '../domain/port.ts'
import { parseGoFlags, type GoFlags } from './go-flags.ts'
import { listOfModules, type ModuleListOptions } from './module-list.ts'
import { releaseOf } from './place.ts'
import type { PortsTable } from './ports-table.ts'
import { planSlots, type RequestedSlot } from './slots.ts'
import type { WireRequest } from './wire.ts'

export interface RequestOptions extends Omit<ModuleListOptions, 'flags'> {
  readonly targets: readonly Target[]
  readonly table: PortsTable
  /** Package patterns of the go command, relative to `dir`; `./...` when there are none. */
  readonly patterns?: readonly string[]
  /** Of the run; empty for those of GOFLAGS, as on the go command line. */
  readonly tags?: readonly string[]
  /** Test files of the main modules too; true when absent. */
  readonly tests?: boolean
  /** Function bodies of dependencies too; true when absent. */
  readonly dependencyBodies?: boolean
  /** The files and imports of every package too; false when absent. */
  readonly files?: boolean
  /** Names of other packages, `os/exec.Command` or `syscall/js.*`, whose uses in the main modules are wanted; none when absent. */
  readonly watch?: readonly string[]
  /** Folder for results by content; absent for none. */
  readonly cacheDir?: string
}

export interface PortCheckRequest {
  /** Without its slots, which a check hands out 64 at a time. */
  readonly wire: Omit<WireRequest, 'slots'>
  readonly slots: readonly RequestedSlot[]
  /** What could not be honoured, one sentence each. */
  readonly notes: readonly string[]
}

/**
 * What portcheck is asked for a module, or for the directory of a go.work. The module list comes from the files of the
 * module; the go command is asked only below Go 1.17 and in a workspace. Throws a RequestError when the go command could
 * not tell the modules either (no go.mod, no module line).
 */
export async function buildRequest(options: RequestOptions): Promise<PortCheckRequest> {
  const { env } = options
  const flags = parseGoFlags(env.GOFLAGS ?? '')
  const [slots, list] = await Promise.all([planSlots(options), listOfModules({ ...options, flags })])
  const asked = options.tags ?? []
  const patterns = options.patterns ?? []
  return {
    wire: {
      version: 1,
      goroot: env.GOROOT ?? '',
      go: `go${releaseOf(env.GOVERSION ?? '')}`,
      dir: options.dir,
      tags: [...new Set(asked.length > 0 ? asked : (flags.tags ?? []))],
      main: list.main,
      modules: list.modules,
      ...(list.vendor === undefined ? {} : { vendor: list.vendor }),
      patterns: patterns.length === 0 ? ['./...'] : patterns,
      tests: options.tests ?? true,
      dependencyBodies: options.dependencyBodies ?? true,
      files: options.files ?? false,
      cacheDir: options.cacheDir ?? '',
      ...(options.watch === undefined ? {} : { watch: options.watch }),
    },
    slots,
    notes: [...list.notes, ...flagNotes(flags)],
  }
}

function flagNotes(flags: GoFlags): readonly string[] {
  const notes: string[] = []
  const { modfile, overlay, instrumented } = flags
  if (modfile !== undefined) notes.push(`The port check reads go.mod itself, not the file of -modfile in GOFLAGS.`)
  if (overlay !== undefined) notes.push(`The port check does not apply the -overlay in GOFLAGS.`)
  for (const name of instrumented)
    notes.push(`The port check leaves the -${name} in GOFLAGS out: few ports have it, and its tag is not set.`)
  return notes
}
