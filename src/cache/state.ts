import type { CacheEntry } from './keys.ts'

/** What restoring leaves for saving, which happens in another process. Plain data. */
export interface CacheState {
  readonly version: 1
  readonly modules?: SavedEntry
  readonly tool?: SavedEntry
  readonly build?: SavedEntry & {
    /** Time given to restored files, milliseconds since the epoch; absent when nothing was restored. */
    readonly mark?: number
    readonly restoredBytes: number
    /** The build cache was empty before the restore: all that is in it belongs to this run. */
    readonly fresh: boolean
  }
}

export interface SavedEntry {
  readonly entry: CacheEntry
  /** GOMODCACHE, GOCACHE, or the folder of the tool. */
  readonly dir: string
  /** Key that was restored. */
  readonly hit?: string
}

/** One line of text for the runner's state. */
export function formatCacheState(state: CacheState): string {
  return JSON.stringify(state)
}

/** The state of the main step; undefined for a step that left none or one of another version. */
export function parseCacheState(text: string): CacheState | undefined {
  if (text === '') return undefined
  try {
    const value: unknown = JSON.parse(text)
    const known = typeof value === 'object' && value !== null && 'version' in value && value.version === 1
    return known ? (value as CacheState) : undefined
  } catch {
    return undefined
  }
}
