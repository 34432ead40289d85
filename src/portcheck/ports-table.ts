import { createHash } from 'node:crypto'
import path from 'node:path'

import { formatTarget, levelVariables, targetEnvironment, type Port, type Target } from '../domain/port.ts'
import type { Go } from '../go/go.ts'
import { failureText, GoCommandError, listPorts } from '../go/list.ts'
import type { System } from '../system/types.ts'

/** A port of the toolchain with what the go command makes of it before it reads a file. */
export interface PortRow extends Port {
  /** Build tags of the toolchain for the port: experiments and the default level (`go list`, context.ToolTags). */
  readonly toolTags: readonly string[]
  /** The level variable with its default for the port, `{ GOAMD64: 'v1' }`; empty for an architecture without levels. */
  readonly defaults: Readonly<Record<string, string>>
  /** Why the go command would not say, such as a GOAMD64 that does not exist. */
  readonly problem?: string
}

export interface PortsTable {
  /** In the order of `go tool dist list`. */
  readonly rows: readonly PortRow[]
  /** The toolchain's tags for a target, asked for when it has a level of its own. Throws a GoCommandError when it is none. */
  readonly toolTags: (target: Target) => Promise<readonly string[]>
}

export interface TableOptions {
  readonly system: System
  readonly go: Go
  /** `go env -json`; GOVERSION, GOEXPERIMENT and GOENV are read. */
  readonly env: Readonly<Record<string, string>>
  /** Folder beside the binary that the table is kept in; a table that cannot be kept is asked for again. */
  readonly dir: string
}

interface Stored {
  readonly version: 1
  readonly rows: readonly PortRow[]
  /** Tags by target (`linux/amd64/v3`). */
  readonly levels: Readonly<Record<string, readonly string[]>>
}

/** Each is a process of its own that takes some milliseconds, beside the build of portcheck and the module download. */
const concurrency = 2
const levelNames = [...new Set(Object.values(levelVariables))].sort()
/** Over whatever GOFLAGS is persisted: `-mod=vendor` fails in a module without vendor/. */
const plain = { GOFLAGS: '-buildvcs=false', GOWORK: 'off', GO111MODULE: 'on', CGO_ENABLED: '0' }

/**
 * The ports of the toolchain in use with their tags, asked once per Go, GOEXPERIMENT and level variables of the user.
 * Throws a GoCommandError when the go command cannot list its ports.
 */
export async function portsTable(options: TableOptions): Promise<PortsTable> {
  const file = path.join(options.dir, `ports-${await tableKey(options)}.json`)
  const known = await readStored(options, file)
  let stored = known ?? (await askRows(options))
  if (known === undefined) await keep(options, file, stored)
  return {
    rows: stored.rows,
    async toolTags(target) {
      const row = stored.rows.find(({ goos, goarch }) => goos === target.goos && goarch === target.goarch)
      const variable = levelVariables[target.goarch]
      const isDefault =
        target.level === undefined || (variable !== undefined && row?.defaults[variable] === target.level)
      if (isDefault && row !== undefined && row.problem === undefined) return row.toolTags
      const name = formatTarget(target)
      const found = stored.levels[name]
      if (found !== undefined) return found
      const tags = await askTags(options, target)
      stored = { ...stored, levels: { ...stored.levels, [name]: tags } }
      await keep(options, file, stored)
      return tags
    },
  }
}

async function tableKey({ system, env }: TableOptions): Promise<string> {
  // A level of another architecture that `go env -w` wrote shows in no `go env` of this one.
  const goEnv = env.GOENV ?? ''
  const persisted = goEnv === '' || goEnv === 'off' ? '' : await system.files.readText(goEnv).catch(() => '')
  const parts = [env.GOVERSION, env.GOEXPERIMENT, persisted, ...levelNames.map((name) => system.env[name] ?? '')]
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16)
}

async function readStored({ system }: TableOptions, file: string): Promise<Stored | undefined> {
  try {
    const value = JSON.parse(await system.files.readText(file)) as Partial<Stored>
    const whole =
      value.version === 1 && Array.isArray(value.rows) && value.rows.length > 0 && value.levels !== undefined
    return whole ? (value as Stored) : undefined
  } catch {
    return undefined
  }
}

async function keep({ system }: TableOptions, file: string, stored: Stored): Promise<void> {
  await system.files.write(file, `${JSON.stringify(stored)}\n`).catch((error: unknown) => {
    system.log.debug(`The table of ports was not kept: ${String(error)}`)
  })
}

async function askRows(options: TableOptions): Promise<Stored> {
  const listed = await listPorts(options.go)
  if (!listed.ok) throw new GoCommandError(listed)
  const rows: PortRow[] = []
  const waiting = [...listed.values.entries()]
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, { GOOS, GOARCH, CgoSupported, FirstClass }] = next
      const port = { goos: GOOS, goarch: GOARCH, cgoSupported: CgoSupported, firstClass: FirstClass ?? false }
      rows[index] = await askRow(options, port)
    }
  }
  await Promise.all(Array.from({ length: concurrency }, work))
  return { version: 1, rows, levels: {} }
}

async function askRow(options: TableOptions, port: Port): Promise<PortRow> {
  try {
    const toolTags = await askTags(options, port)
    return { ...port, toolTags, defaults: await askDefaults(options, port) }
  } catch (error) {
    if (!(error instanceof GoCommandError)) throw error
    return { ...port, toolTags: [], defaults: {}, problem: failureText(error.run) }
  }
}

async function askTags({ go }: TableOptions, target: Target): Promise<readonly string[]> {
  const template = '{{range context.ToolTags}}{{.}}{{"\\n"}}{{end}}'
  const { goos, goarch, level } = target
  const port = { goos, goarch, ...(level === undefined ? {} : { level }) }
  const run = await go.run(['list', '-f', template, 'unsafe'], { env: { ...plain, ...targetEnvironment(port) } })
  if (!run.ok) throw new GoCommandError(run)
  return run.result.stdout.text.split('\n').filter((line) => line !== '')
}

async function askDefaults({ go }: TableOptions, port: Port): Promise<Readonly<Record<string, string>>> {
  const variable = levelVariables[port.goarch]
  if (variable === undefined) return {}
  const run = await go.run(['env', variable], { env: { ...plain, ...targetEnvironment(port) } })
  const value = run.ok ? run.result.stdout.text.trim() : ''
  return value === '' ? {} : { [variable]: value }
}
