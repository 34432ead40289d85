import type { CachePolicy } from './policy.ts'
import { hasDownloads, megabytes, type CacheSystem } from './restore.ts'
import type { CacheState } from './state.ts'
import { trimBuildCache } from './trim.ts'

interface SaveOptions {
  /** Most bytes of build results to keep, before compression. */
  readonly capBytes?: number
}

export interface SaveResult {
  readonly modules: boolean
  readonly build: boolean
  readonly tool: boolean
}

const defaultCap = 2_000_000_000

/**
 * Saves what the policy allows, in the post step. Never throws and never fails a job. A build cache that was restored
 * and of which this run made less than a tenth anew is not saved again: entries cannot be changed, and each new one
 * counts against the 10 GB of the repository.
 */
export async function saveCaches(
  system: CacheSystem,
  policy: CachePolicy,
  state: CacheState | undefined,
  options: SaveOptions = {},
): Promise<SaveResult> {
  if (state === undefined || !system.store.available()) return { modules: false, build: false, tool: false }
  return {
    modules: await guard(system, 'modules', () => saveModules(system, policy, state)),
    build: await guard(system, 'build results', () => saveBuild(system, policy, state, options.capBytes ?? defaultCap)),
    tool: await guard(system, 'portcheck', () => saveTool(system, policy, state)),
  }
}

async function saveModules(system: CacheSystem, policy: CachePolicy, state: CacheState): Promise<boolean> {
  const { files, log, store } = system
  const { modules } = state
  if (!policy.modules.save || modules === undefined || modules.hit === modules.entry.key) return false
  if (!(await hasDownloads(files, modules.dir))) return false
  const saved = await store.save(modules.entry.paths, modules.entry.key)
  if (saved) log.info(`Modules saved as ${modules.entry.key}.`)
  return saved
}

async function saveBuild(
  system: CacheSystem,
  policy: CachePolicy,
  state: CacheState,
  capBytes: number,
): Promise<boolean> {
  const { files, log, store } = system
  const { build } = state
  if (!policy.build.save || build === undefined || build.hit === build.entry.key) return false
  const { keptBytes, unusedBytes, evictedBytes } = await trimBuildCache(
    files,
    build.dir,
    build.mark,
    // What was there before the run is not ours to throw away.
    build.fresh ? capBytes : undefined,
  )
  const made = keptBytes + evictedBytes - (build.restoredBytes - unusedBytes)
  log.info(
    `Build results: ${megabytes(keptBytes)} in use, ${megabytes(made)} of it new; ` +
      `${megabytes(unusedBytes)} unused and ${megabytes(evictedBytes)} over the limit removed.`,
  )
  if (keptBytes === 0 || keptBytes > capBytes) return false
  if (build.hit !== undefined && made < keptBytes / 10) return false
  const saved = await store.save(build.entry.paths, build.entry.key)
  if (saved) log.info(`Build results saved as ${build.entry.key}.`)
  return saved
}

async function saveTool(system: CacheSystem, policy: CachePolicy, state: CacheState): Promise<boolean> {
  const { files, log, store } = system
  const { tool } = state
  if (!policy.build.save || tool === undefined || tool.hit === tool.entry.key) return false
  // Half a tool saves nobody anything: the table alone is not worth an entry that can never be changed.
  const [binary] = tool.entry.paths
  if (binary === undefined || (await files.stat(binary)) === undefined) return false
  const saved = await store.save(tool.entry.paths, tool.entry.key)
  if (saved) log.info(`portcheck saved as ${tool.entry.key}.`)
  return saved
}

async function guard({ log }: CacheSystem, what: string, task: () => Promise<boolean>): Promise<boolean> {
  try {
    return await task()
  } catch (error) {
    log.info(`The cache of ${what} was not saved: ${error instanceof Error ? error.message : String(error)}`)
    return false
  }
}
