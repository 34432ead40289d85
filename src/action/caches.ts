import path from 'node:path'

import { readDependencies } from '../cache/dependencies.ts'
import { buildEntry, modulesEntry, toolEntry, type CacheKeyParts } from '../cache/keys.ts'
import { decideCachePolicy, type CachePolicy } from '../cache/policy.ts'
import { restoreCaches, type CacheSystem, type RestoreRequest } from '../cache/restore.ts'
import { saveCaches } from '../cache/save.ts'
import { readSystemName } from '../cache/system-name.ts'
import { formatCacheState, parseCacheState } from '../cache/state.ts'
import type { CacheMode, Settings } from '../config/settings.ts'
import { formatTarget } from '../domain/port.ts'
import { readGoEnv } from '../go/list.ts'
import { hashZip } from '../modules/dirhash.ts'
import { parseGoSum } from '../modules/go-sum.ts'
import { toolPlace } from '../portcheck/place.ts'
import type { ToolchainReady } from '../pipeline/run.ts'
import type { CacheStore, Runner, System } from '../system/types.ts'
import { readEvent } from './event.ts'

const stateName = 'gopreflight-cache'
const modeName = 'gopreflight-cache-mode'

/** What the entry lends for caching: the service, and the matcher of cache-dependency-path. */
export interface CacheTools {
  readonly store: CacheStore
  readonly glob: (patterns: readonly string[]) => Promise<readonly string[]>
}

/** Restores the caches between toolchain and probes, and leaves for the post step what it has to know. */
export async function restoreForRun(
  ready: ToolchainReady,
  settings: Settings,
  system: System,
  runner: Runner,
  tools: CacheTools,
  toolCacheRoot: string,
): Promise<void> {
  const policy = await policyOf(settings.cache, system)
  const env = await readGoEnv(ready.go)
  const sums = await sumFiles(ready, system)
  const dependencies = await readDependencies(system.files, tools.glob, {
    root: ready.root,
    patterns: settings.cacheDependencyPath,
    defaults: sums.defaults,
  })
  if (dependencies.note !== undefined) system.log.info(dependencies.note)
  const parts = await keyParts(settings, system, env, ready.toolchain.version, dependencies.hash)
  const result = await restoreCaches(cacheSystem(system, tools.store), {
    policy,
    modules: modulesEntry(parts, env.GOMODCACHE ?? ''),
    build: buildEntry(parts, env.GOCACHE ?? ''),
    // Ports are checked on the first leg of a job matrix alone.
    ...(settings.leg === 0 ? await portcheckEntry(system, env, toolCacheRoot) : {}),
    goModCache: env.GOMODCACHE ?? '',
    goCache: env.GOCACHE ?? '',
    listed: sums.listed,
    hashZip: (zip) => hashZip(system.files, zip),
    concurrency: system.host.cores,
    persistent: system.env.RUNNER_ENVIRONMENT === 'self-hosted',
  })
  await runner.output('cache-hit', String(result.cacheHit))
  await runner.saveState(stateName, formatCacheState(result.state))
  await runner.saveState(modeName, settings.cache)
}

/** Saves in the post step what the policy allows; a run whose main step did not get that far saves nothing. */
export async function saveAfterRun(system: System, runner: Runner, store: CacheStore): Promise<void> {
  const state = parseCacheState(runner.state(stateName))
  const mode = runner.state(modeName)
  if (state === undefined || mode === '') return
  await saveCaches(cacheSystem(system, store), await policyOf(mode as CacheMode, system), state)
}

function cacheSystem(system: System, store: CacheStore): CacheSystem {
  return { files: system.files, clock: system.clock, log: system.log, store }
}

/** None for a Go that is too old for it; the report says so elsewhere. */
async function portcheckEntry(
  system: System,
  env: Readonly<Record<string, string>>,
  toolCacheRoot: string,
): Promise<Pick<RestoreRequest, 'tool'>> {
  const place = await toolPlace(system, { env, toolCacheRoot })
  return 'unsupported' in place ? {} : { tool: { entry: toolEntry(place.key, place.binary), binary: place.binary } }
}

async function policyOf(mode: CacheMode, system: System): Promise<CachePolicy> {
  const event = await readEvent(system)
  const defaultBranch = event.repository?.default_branch
  return decideCachePolicy(mode, {
    name: system.env.GITHUB_EVENT_NAME ?? '',
    ref: system.env.GITHUB_REF ?? '',
    ...(defaultBranch === undefined ? {} : { defaultBranch }),
  })
}

async function keyParts(
  settings: Settings,
  system: System,
  env: Readonly<Record<string, string>>,
  goVersion: string,
  dependencies: string,
): Promise<CacheKeyParts> {
  const run = system.env
  const targets = settings.targets.map((one) => (one.kind === 'group' ? one.group : formatTarget(one.target)))
  return {
    platform: system.host.platform,
    arch: system.host.arch,
    system: await readSystemName(system.files, run, system.host.platform),
    goVersion,
    dependencies,
    commit: run.GITHUB_SHA ?? '',
    job: [
      run.GITHUB_WORKFLOW_REF?.split('@')[0] ?? run.GITHUB_WORKFLOW ?? '',
      run.GITHUB_JOB ?? '',
      settings.leg === 0 ? 'first' : 'other',
      ...settings.workingDirectories,
      ...settings.packages,
      ...settings.tags,
      ...(settings.leg === 0 ? targets : []),
    ],
    build: [
      String(settings.leg),
      settings.ldflags ?? '',
      String(settings.trimpath),
      env.GOFLAGS ?? '',
      env.CGO_ENABLED ?? '',
    ],
  }
}

/** The go.sum files of the run, go.mod where there is none, and every module hash that they list. */
async function sumFiles(
  ready: ToolchainReady,
  system: System,
): Promise<{ readonly defaults: readonly string[]; readonly listed: ReadonlyMap<string, ReadonlySet<string>> }> {
  const { files } = system
  const defaults: string[] = []
  const listed = new Map<string, Set<string>>()
  const workspaces = ready.modules.flatMap((module) =>
    module.workspace === undefined ? [] : [path.join(ready.root, module.workspace)],
  )
  const candidates = [
    ...ready.modules.map((module) => [
      path.join(module.absoluteDir, 'go.sum'),
      path.join(module.absoluteDir, 'go.mod'),
    ]),
    ...[...new Set(workspaces)].map((dir) => [path.join(dir, 'go.work.sum'), path.join(dir, 'go.work')]),
  ]
  for (const names of candidates) {
    for (const name of names) {
      if ((await files.stat(name))?.kind !== 'file') continue
      defaults.push(name)
      if (name.endsWith('.sum')) {
        for (const line of parseGoSum(await files.readText(name)).lines) {
          if (line.file !== 'zip') continue
          const key = `${line.path}@${line.version}`
          listed.set(key, (listed.get(key) ?? new Set()).add(line.hash))
        }
      }
      break
    }
  }
  return { defaults, listed }
}
