import { randomUUID } from 'node:crypto'
import path from 'node:path'

import { levelVariables } from '../domain/port.ts'
import type { Go } from '../go/go.ts'
import { failureText } from '../go/list.ts'
import type { System } from '../system/types.ts'
import { releaseOf, toolFolder, toolPlace, type PlaceOptions, type ToolPlace, type Unsupported } from './place.ts'

export interface EnsureOptions extends PlaceOptions {
  readonly system: System
  readonly go: Go
  /** A folder of this run, for a tool cache that cannot be written to. */
  readonly scratchDir: string
  /** What `toolPlace` said of the same options, for a caller that asked already. */
  readonly place?: ToolPlace
}

/** A portcheck that is there. Whether it starts shows when it is run: a look beforehand would cost every run a process. */
export interface PortcheckTool {
  readonly binary: string
  readonly source: 'tool-cache' | 'built'
  /** Time of the build, 0 for one that was there. */
  readonly seconds: number
  /** Folder of the binary and of what belongs to this Go and these sources. */
  readonly dir: string
  readonly resultsDir: string
  /** Builds it anew in the same place, for one that does not start. */
  readonly rebuild: () => Promise<PortcheckTool | Unsupported>
}

const buildPrefix = '.build-'
const daySeconds = 24 * 60 * 60
/** A build that nobody used for so long belongs to a Go or a gopreflight of the past. */
const unusedDays = 30

/**
 * The portcheck of this Go: the one in the tool cache, else one built now with this very Go, so that it judges by the
 * rules of its type checker. Two jobs that build at once do no harm: each renames a whole file into place. Never throws
 * for what the go command or the disk does: `unsupported` says in a sentence why there is none.
 */
export async function ensurePortcheck(options: EnsureOptions): Promise<PortcheckTool | Unsupported> {
  const { system } = options
  const place = options.place ?? (await toolPlace(system, options))
  if ('unsupported' in place) return place
  const found = await system.files.stat(place.binary)
  if (found?.kind === 'file' && found.bytes > 0) {
    await markUsed(system, place, found.modified)
    return describe(options, place, 'tool-cache', 0)
  }
  return build(options, place)
}

async function build(options: EnsureOptions, place: ToolPlace): Promise<PortcheckTool | Unsupported> {
  const { system, go } = options
  const started = system.clock.seconds()
  const target = await writablePlace(options, place)
  const staging = path.join(target.dir, buildPrefix + randomUUID())
  try {
    await system.files.makeDir(staging)
    const output = path.join(staging, path.basename(target.binary))
    // Only what leaves the cache keys of the standard library alone: the packages that the module's own build made are used.
    const flags = ['-buildvcs=false', '-ldflags=-s -w', '-o', output]
    const run = await go.in(place.sourceDir).run(['build', ...flags, '.'], { env: buildEnvironment(options) })
    if (!run.ok) return { unsupported: `portcheck could not be built with ${go.version}: ${failureText(run)}` }
    await system.files.rename(output, target.binary)
    await removeUnused(system, options.toolCacheRoot, place)
    return describe(options, target, 'built', system.clock.seconds() - started)
  } catch (error) {
    return { unsupported: `portcheck could not be put into ${target.dir}: ${messageOf(error)}` }
  } finally {
    await system.files.remove(staging).catch(() => undefined)
  }
}

/**
 * The user's Go and build cache, and nothing else of the user's settings: a GOFLAGS of -mod=vendor, a GOOS of another
 * system, a level that this machine does not have or a persisted setting would break or change the build.
 */
function buildEnvironment({ env, go }: EnsureOptions): Readonly<Record<string, string | undefined>> {
  const levels = Object.fromEntries(Object.values(levelVariables).map((name) => [name, undefined]))
  const release = releaseOf(env.GOVERSION ?? '')
  const same = release === releaseOf(go.version) || !(env.GOVERSION ?? '').startsWith('go')
  const experiment = env.GOEXPERIMENT ?? ''
  return {
    ...levels,
    GOENV: 'off',
    GOFLAGS: undefined,
    GOWORK: 'off',
    GO111MODULE: 'on',
    GOPROXY: 'off',
    GODEBUG: undefined,
    GOFIPS140: undefined,
    CGO_ENABLED: '0',
    GOOS: env.GOHOSTOS,
    GOARCH: env.GOHOSTARCH,
    GOCACHE: env.GOCACHE,
    GOMODCACHE: env.GOMODCACHE,
    GOEXPERIMENT: experiment === '' ? undefined : experiment,
    // A go.mod may have made the go command another version than the one that was started.
    GOTOOLCHAIN: same ? 'local' : `go${release}`,
  }
}

/** The place itself, or one below the run's own folder where the tool cache is read-only. */
async function writablePlace({ system, scratchDir }: EnsureOptions, place: ToolPlace): Promise<ToolPlace> {
  try {
    const probe = path.join(place.dir, `.write-${randomUUID()}`)
    await system.files.makeDir(probe)
    await system.files.remove(probe)
    return place
  } catch (error) {
    system.log.info(`portcheck is built for this run alone: ${messageOf(error)}`)
    const dir = path.join(scratchDir, toolFolder)
    return {
      ...place,
      dir,
      binary: path.join(dir, path.basename(place.binary)),
      resultsDir: path.join(dir, 'results'),
    }
  }
}

function describe(
  options: EnsureOptions,
  place: ToolPlace,
  source: PortcheckTool['source'],
  seconds: number,
): PortcheckTool {
  const { binary, dir, resultsDir } = place
  return { binary, source, seconds, dir, resultsDir, rebuild: () => build(options, place) }
}

/** The time of the binary says when it was last used; once a day is exact enough. */
async function markUsed({ files, clock }: System, place: ToolPlace, modified: number): Promise<void> {
  if (clock.now() - modified < daySeconds * 1000) return
  await files.setModified(place.binary, clock.now()).catch(() => undefined)
}

/** Folders of other versions that nobody used for long, and what killed builds left behind. */
async function removeUnused({ files, clock, log }: System, toolCacheRoot: string, place: ToolPlace): Promise<void> {
  const root = path.join(toolCacheRoot, toolFolder)
  const old = async (file: string, days: number): Promise<boolean> => {
    const found = await files.stat(file)
    return found !== undefined && clock.now() - found.modified > days * daySeconds * 1000
  }
  try {
    for (const { name } of await files.list(root)) {
      const dir = path.join(root, name)
      const binary = path.join(dir, path.basename(place.binary))
      const last = (await files.stat(binary)) === undefined ? dir : binary
      if (dir !== place.dir && (await old(last, unusedDays))) await files.remove(dir)
    }
    for (const { name } of await files.list(place.dir)) {
      const dir = path.join(place.dir, name)
      if (name.startsWith(buildPrefix) && (await old(dir, 1))) await files.remove(dir)
    }
  } catch (error) {
    log.debug(`Old builds of portcheck were not removed: ${messageOf(error)}`)
  }
}

function messageOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error)
}
