import type { PortCheck, PortCheckSlot, PortCheckUse } from '../domain/port-check.ts'
import type { ProcessResult, System } from '../system/types.ts'
import { createCollector, type Collected, type CollectOptions } from './collect.ts'
import { mergeErrors } from './errors.ts'
import type { PortcheckTool } from './ensure.ts'
import { ignoredInAll, mergeFiles, mergeUncertain } from './merge.ts'
import type { PortCheckRequest } from './request.ts'
import { trimResults } from './results.ts'
import type { RequestedSlot } from './slots.ts'
import { mostSlots, parseLine, type WireRequest } from './wire.ts'

/** portcheck itself failed: our fault or the machine's, not the module's. */
export class PortcheckFailure extends Error {
  override readonly name = 'PortcheckFailure'
  readonly timedOut: boolean
  readonly cancelled: boolean

  constructor(message: string, result?: Pick<ProcessResult, 'timedOut' | 'cancelled'>) {
    super(message)
    this.timedOut = result?.timedOut ?? false
    this.cancelled = result?.cancelled ?? false
  }
}

export interface CheckOptions extends Pick<CollectOptions, 'onProgress' | 'onError'> {
  readonly system: System
  readonly tool: PortcheckTool
  readonly request: PortCheckRequest
  readonly timeoutSeconds: number
}

/** A line of the files of a package with 600 files, each with its slots, is some 100 KB. */
const lineLength = 16 * 1024 * 1024
/** Of the memory that the process may use: the rest is for the go commands beside it. */
const memoryShare = 0.7
const tailLines = 12

/**
 * Checks all slots of a request, 64 at a time. Errors are given to `onError` as they come and once more, merged and final,
 * in the result. A binary that does not start is built anew once. Throws a PortcheckFailure when portcheck could not run,
 * crashed, ran into the timeout or was cancelled.
 */
export async function checkPorts(options: CheckOptions): Promise<PortCheck> {
  const { request, system } = options
  const started = system.clock.seconds()
  const supported = request.slots.filter((slot) => slot.wire !== undefined)
  const parts: Collected[] = []
  for (let at = 0; at < supported.length; at += mostSlots) {
    parts.push(await checkSlots(options, supported.slice(at, at + mostSlots)))
  }
  if (request.wire.cacheDir !== '') await trimResults(system, request.wire.cacheDir)
  const verdicts = new Map(parts.flatMap((part) => part.slots.map((slot) => [slot.name, slot] as const)))
  return {
    slots: request.slots.map((slot) => verdicts.get(slot.name) ?? unsupported(slot)),
    errors: mergeErrors(parts.map((part) => part.errors)),
    uncertain: mergeUncertain(parts.map((part) => part.uncertain)),
    ignored: ignoredInAll(parts.map((part) => part.ignored)),
    files: mergeFiles(parts.map((part) => part.files)),
    ...(request.wire.watch === undefined ? {} : { uses: mergeUses(parts.flatMap((part) => part.uses)) }),
    seconds: system.clock.seconds() - started,
    peakMegabytes: Math.max(0, ...parts.map((part) => part.peakMegabytes)),
    cached: parts.reduce((sum, part) => sum + part.cached, 0),
    notes: [...new Set([...request.notes, ...parts.flatMap((part) => part.notes)])],
  }
}

async function checkSlots(options: CheckOptions, slots: readonly RequestedSlot[]): Promise<Collected> {
  const { tool } = options
  const first = await runOnce(options, tool, slots)
  if (!brokenBinary(first)) return conclude(first)
  if (tool.source === 'built') return conclude(first)
  options.system.log.info(`portcheck does not start (${howItEnded(first.result)}); it is built anew.`)
  const rebuilt = await tool.rebuild()
  if ('unsupported' in rebuilt) throw new PortcheckFailure(rebuilt.unsupported)
  return conclude(await runOnce(options, rebuilt, slots))
}

interface Run {
  readonly result: ProcessResult
  readonly collected: Collected
}

async function runOnce(options: CheckOptions, tool: PortcheckTool, slots: readonly RequestedSlot[]): Promise<Run> {
  const { system, request } = options
  const wire: WireRequest = { ...request.wire, slots: slots.flatMap((slot) => slot.wire ?? []) }
  const collector = createCollector({
    slots,
    ...(options.onProgress === undefined ? {} : { onProgress: options.onProgress }),
    ...(options.onError === undefined ? {} : { onError: options.onError }),
  })
  const result = await system.processes.run({
    argv: [tool.binary],
    cwd: request.wire.dir,
    env: runEnvironment(system),
    stdin: JSON.stringify(wire),
    timeoutSeconds: options.timeoutSeconds,
    lineLength,
    // Everything is read as it comes; what is kept is for nobody.
    keepBytes: 4096,
    onLine(line, stream) {
      const parsed = stream === 'stdout' ? parseLine(line) : undefined
      if (parsed !== undefined) collector.push(parsed)
    },
  })
  return { result, collected: collector.end() }
}

/** GODEBUG would change the type checker (gotypesalias); GOGC is portcheck's own choice. */
function runEnvironment({ host, env }: System): Readonly<Record<string, string | undefined>> {
  const limit = Math.floor((host.memory * memoryShare) / (1024 * 1024))
  return {
    GODEBUG: undefined,
    GOGC: undefined,
    GOMEMLIMIT: env.GOMEMLIMIT || `${Math.max(256, limit)}MiB`,
    // Before Go 1.25 the runtime does not know the processor share of its container.
    GOMAXPROCS: env.GOMAXPROCS || String(host.cores),
  }
}

/** It said nothing at all: no program, one of another machine, or half of one. */
function brokenBinary({ result, collected }: Run): boolean {
  if (collected.started || collected.fatal !== undefined || result.timedOut || result.cancelled) return false
  return result.spawnError !== undefined || !collected.done
}

function conclude({ result, collected }: Run): Collected {
  if (collected.fatal !== undefined) throw new PortcheckFailure(`portcheck could not run: ${collected.fatal}`, result)
  if (collected.done && result.exitCode === 0) return collected
  throw new PortcheckFailure(`portcheck ${howItEnded(result)}`, result)
}

function howItEnded(result: ProcessResult): string {
  if (result.spawnError !== undefined) return `could not be started (${result.spawnError})`
  if (result.timedOut) return 'ran into the timeout'
  if (result.cancelled) return 'was cancelled'
  // The first lines of a Go crash say what it was; goroutines follow by the hundred.
  const said = result.stderr.text.trim().split('\n').slice(0, tailLines).join('\n')
  const how =
    result.signal === undefined
      ? `ended with exit code ${result.exitCode ?? 'unknown'} and without a verdict`
      : `was killed by ${result.signal}${result.signal === 'SIGKILL' ? ', as a machine out of memory does' : ''}`
  return said === '' ? how : `${how}:\n${said}`
}

function unsupported({ target, name, unsupported: reason }: RequestedSlot): PortCheckSlot {
  return { target, name, status: 'unsupported', reason: reason ?? 'It was not checked.', packages: 0, blocked: 0 }
}

/** Slots that were checked apart may tell of the same place. */
function mergeUses(all: readonly PortCheckUse[]): readonly PortCheckUse[] {
  const merged = new Map<string, PortCheckUse>()
  for (const use of all) {
    const key = `${use.file}:${use.line}:${use.column}:${use.symbol}`
    const known = merged.get(key)
    const both = (a: readonly string[] = [], b: readonly string[] = []): readonly string[] => [...new Set([...a, ...b])]
    merged.set(key, { ...use, slots: both(known?.slots, use.slots), programs: both(known?.programs, use.programs) })
  }
  return [...merged.values()]
}
