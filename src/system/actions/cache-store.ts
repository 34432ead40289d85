import type { CacheStore, Log } from '../types.ts'
import { runQuietly } from './quiet.ts'
import { createWatch, type Watch } from './cache-watch.ts'

interface CacheStoreOptions {
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly log?: Log
  /** Aborts when the run is cancelled: what is under way is given up. */
  readonly signal?: AbortSignal
  /** Longest wait for the answer of a look-up. */
  readonly lookupSeconds?: number
  /** Longest time without a byte while an archive goes up or down. */
  readonly stallSeconds?: number
}

/** What one call of the toolkit came to. */
interface Outcome<T> {
  readonly value?: T
  readonly problem?: string
}

/**
 * The cache service behind @actions/cache. That package repeats failed requests for half a minute and reports what it
 * cannot do as annotations; here a service that is absent, down, slow, denied or full costs seconds, one plain line in
 * the log, and an answer of `undefined` or false. After a failed look-up or save it is left alone for this process.
 *
 * Every archive is looked up before it is fetched or packed: packing a cache that another leg has saved meanwhile
 * costs a matrix minutes (actions/setup-go#672). A call that was given up on can still be under way; the process
 * should be left with an explicit exit.
 */
export function createCacheStore(options: CacheStoreOptions = {}): CacheStore {
  const { env = process.env, log, signal, lookupSeconds = 10, stallSeconds = 30 } = options
  let down = false

  const lookup = async (
    paths: readonly string[],
    key: string,
    restoreKeys: readonly string[],
  ): Promise<Outcome<string>> => {
    const outcome = await observe(createWatch({ totalSeconds: lookupSeconds, signal }), async (cache) => {
      if (!cache.isFeatureAvailable()) return ''
      return (await cache.restoreCache([...paths], key, [...restoreKeys], { lookupOnly: true })) ?? ''
    })
    if (outcome.problem !== undefined) {
      down = true
      log?.info(`The cache service cannot be used, going on without it: ${outcome.problem}`)
    }
    return outcome
  }

  const store: CacheStore = {
    available: () => isAvailable(env) && !down,
    async restore(paths, key, restoreKeys) {
      if (!store.available()) return undefined
      const found = (await lookup(paths, key, restoreKeys)).value ?? ''
      if (found === '') return undefined
      const restored = await observe(createWatch({ stallSeconds, signal }), (cache) =>
        cache.restoreCache([...paths], found, [], { segmentTimeoutInMs: stallSeconds * 1000 }),
      )
      if (restored.problem !== undefined) log?.info(`The cache ${found} was not restored: ${restored.problem}`)
      return restored.value
    },
    async save(paths, key) {
      if (!store.available()) return false
      const found = await lookup(paths, key, [])
      if (found.problem !== undefined || found.value === key) return false
      const saved = await observe(createWatch({ stallSeconds, packsFirst: true, signal }), (cache) =>
        cache.saveCache([...paths], key),
      )
      if (saved.problem !== undefined) {
        down = true
        log?.info(`The cache ${key} was not saved: ${saved.problem}`)
      }
      return (saved.value ?? -1) !== -1
    },
  }
  return store
}

type Toolkit = typeof import('@actions/cache')

async function observe<T>(watch: Watch, call: (cache: Toolkit) => Promise<T>): Promise<Outcome<T>> {
  try {
    const value = await Promise.race([
      // Loaded on first use: a run without a cache never pays for the storage SDK.
      runQuietly(watch.line, async () => call(await import('@actions/cache'))),
      watch.gaveUp,
    ])
    const problem = watch.problem()
    return problem === undefined ? { value } : { problem }
  } catch (error) {
    return { problem: watch.problem() ?? (error instanceof Error ? error.message : String(error)) }
  } finally {
    watch.stop()
  }
}

/**
 * What @actions/cache needs to try at all (config.js, cacheUtils.js of 6.3.0): an address; version 2 of the service a
 * token too. Servers of version 1, such as that of act, may have none.
 */
function isAvailable(env: Readonly<Record<string, string | undefined>>): boolean {
  if ((env.ACTIONS_CACHE_URL ?? '') !== '') return true
  return (env.ACTIONS_RESULTS_URL ?? '') !== '' && (env.ACTIONS_RUNTIME_TOKEN ?? '') !== ''
}
