import path from 'node:path'

import type { CacheStore, Clock, Files, Log } from '../system/types.ts'
import { downloadDir, isPattern, type CacheEntry } from './keys.ts'
import type { CachePolicy } from './policy.ts'
import type { CacheState } from './state.ts'
import { ageRestored, listBuildCache } from './trim.ts'
import { snapshotModules, verifyModules, type ListedHashes } from './verify-modules.ts'
import { listDownloads } from './walk.ts'

export interface CacheSystem {
  readonly files: Files
  readonly clock: Clock
  readonly log: Log
  readonly store: CacheStore
}

export interface RestoreRequest {
  readonly policy: CachePolicy
  readonly modules: CacheEntry
  readonly build: CacheEntry
  /** The built portcheck; absent when this Go has none. */
  readonly tool?: { readonly entry: CacheEntry; readonly binary: string }
  /** GOMODCACHE and GOCACHE of `go env`. */
  readonly goModCache: string
  readonly goCache: string
  readonly listed: ListedHashes
  readonly hashZip: (zip: string) => Promise<string>
  readonly concurrency: number
  /** A machine that keeps its folders from job to job (RUNNER_ENVIRONMENT is `self-hosted`). */
  readonly persistent: boolean
}

export interface RestoreResult {
  /** The output `cache-hit`: the modules of exactly this go.sum and job were restored. As setup-go's, not for a nearest one. */
  readonly cacheHit: boolean
  readonly state: CacheState
}

/**
 * Restores the entries, checks the modules and prepares the build cache for trimming. Never throws for what the
 * service or an archive does: a run without a cache is a slower run.
 */
export async function restoreCaches(system: CacheSystem, request: RestoreRequest): Promise<RestoreResult> {
  const { log, store } = system
  log.info(request.policy.reason)
  if (!request.policy.modules.restore && !request.policy.build.restore)
    return { cacheHit: false, state: { version: 1 } }
  if (!store.available()) {
    log.info('There is no cache service here.')
    return { cacheHit: false, state: { version: 1 } }
  }
  const [modules, build, tool] = await Promise.all([
    guard(log, 'modules', () => restoreModules(system, request)),
    guard(log, 'build results', () => restoreBuild(system, request)),
    guard(log, 'portcheck', () => restoreTool(system, request)),
  ])
  return {
    cacheHit: modules?.hit === request.modules.key,
    state: {
      version: 1,
      ...(modules === undefined ? {} : { modules }),
      ...(build === undefined ? {} : { build }),
      ...(tool === undefined ? {} : { tool }),
    },
  }
}

async function restoreModules(system: CacheSystem, request: RestoreRequest): Promise<CacheState['modules']> {
  const { files, log, store } = system
  const { goModCache, modules: entry } = request
  // Without a line in go.sum there is nothing to fetch, and nothing that came could be checked.
  if (!request.policy.modules.restore || request.listed.size === 0 || !isUsable(log, goModCache)) return undefined
  const before = await snapshotModules(files, goModCache)
  if (request.persistent && before.zips.size > 0) {
    log.info(`This machine keeps its modules (${before.zips.size} in ${goModCache}); the cache is left out.`)
    return undefined
  }
  let hit = await store.restore(entry.paths, entry.key, entry.restoreKeys)
  // Even after a failed restore: an archive can break off with half its files written.
  const { verified, removed } = await verifyModules({ ...request, files, before })
  if (hit !== undefined) log.info(`Modules restored from ${hit}: ${verified} match go.sum, ${removed.length} removed.`)
  for (const { module, reason } of removed.slice(0, 20))
    log.info(`Removed from the restored modules: ${module}, ${reason}.`)
  if (removed.some(({ reason }) => reason.startsWith('its hash')) && hit === entry.key) hit = undefined
  return { entry, dir: goModCache, ...(hit === undefined ? {} : { hit }) }
}

async function restoreBuild(system: CacheSystem, request: RestoreRequest): Promise<CacheState['build']> {
  const { files, clock, log, store } = system
  const { goCache, build: entry } = request
  if (!request.policy.build.restore || !isUsable(log, goCache)) return undefined
  const before = new Set((await listBuildCache(files, goCache)).map(({ file }) => file))
  const fresh = before.size === 0
  if (request.persistent && !fresh) {
    log.info(`This machine keeps its build results (${before.size} files in ${goCache}); the cache is left out.`)
    return undefined
  }
  const hit = await store.restore(entry.paths, entry.key, entry.restoreKeys)
  const saved = { entry, dir: goCache, fresh }
  if (hit === undefined) return { ...saved, restoredBytes: 0 }
  const { mark, bytes } = await ageRestored(files, goCache, before, clock.now())
  log.info(`Build results restored from ${hit}: ${megabytes(bytes)}.`)
  return { ...saved, hit, mark, restoredBytes: bytes }
}

/** As little to be checked as build results, so it follows their policy: what one job saves, another runs. */
async function restoreTool(system: CacheSystem, request: RestoreRequest): Promise<CacheState['tool']> {
  const { files, log, store } = system
  const { tool } = request
  if (!request.policy.build.restore || tool === undefined) return undefined
  const dir = path.dirname(tool.binary)
  // A machine that keeps its tool cache has it already.
  if (!isUsable(log, dir) || (await files.stat(tool.binary)) !== undefined) return undefined
  const hit = await store.restore(tool.entry.paths, tool.entry.key, tool.entry.restoreKeys)
  if (hit !== undefined) log.info(`portcheck restored from ${hit}.`)
  return { entry: tool.entry, dir, ...(hit === undefined ? {} : { hit }) }
}

/** True when there is anything to save; a vendored module downloads nothing. */
export async function hasDownloads(files: Files, goModCache: string): Promise<boolean> {
  const { folders } = await listDownloads(files, downloadDir(goModCache))
  return folders.some(({ names }) => names.some((name) => name.endsWith('.zip')))
}

export function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}

function isUsable(log: Log, dir: string): boolean {
  if (!isPattern(dir)) return true
  log.info(`${dir} cannot be cached: the cache service reads *, ? and [ in a path as a pattern.`)
  return false
}

async function guard<T>(log: Log, what: string, task: () => Promise<T>): Promise<T | undefined> {
  try {
    return await task()
  } catch (error) {
    log.info(`The cache of ${what} was not restored: ${error instanceof Error ? error.message : String(error)}`)
    return undefined
  }
}
