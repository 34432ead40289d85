import path from 'node:path'

import type { Files } from '../system/types.ts'
import { listIfThere, mapLimited } from './walk.ts'

const hour = 3_600_000

export interface BuildCacheEntry {
  readonly file: string
  readonly bytes: number
  readonly modified: number
  /** A folder that holds a linked program, which the go command makes again in a moment. */
  readonly program: boolean
}

export interface TrimResult {
  readonly keptBytes: number
  readonly unusedBytes: number
  readonly evictedBytes: number
}

/** Files of a build cache, `<2 hex>/<64 hex>-a` and `-d` (cmd/go/internal/cache), with their sizes and times. */
export async function listBuildCache(files: Files, goCache: string): Promise<readonly BuildCacheEntry[]> {
  const folders = (await listIfThere(files, goCache)).filter(
    ({ name, kind }) => kind === 'dir' && /^[0-9a-f]{2}$/.test(name),
  )
  const lists = await mapLimited(folders, 16, async ({ name }) =>
    (await files.list(path.join(goCache, name))).map((entry) => path.join(goCache, name, entry.name)),
  )
  const entries = await mapLimited(lists.flat(), 64, async (file): Promise<BuildCacheEntry | undefined> => {
    const found = await files.stat(file)
    if (found === undefined) return undefined
    const program = found.kind === 'dir'
    return { file, bytes: program ? await folderBytes(files, file) : found.bytes, modified: found.modified, program }
  })
  return entries.filter((entry) => entry !== undefined)
}

/**
 * Makes restored entries tell whether they are used. The go command renews an entry's time on use only when it is
 * over an hour old, and throws away what was not used for five days (cmd/go/internal/cache/cache.go); an age of two
 * hours for all of them makes the first true and the second harmless.
 *
 * Takes the files that were there before the restore, which keep their times. Returns the time given, milliseconds
 * since the epoch, and the bytes restored.
 */
export async function ageRestored(
  files: Files,
  goCache: string,
  before: ReadonlySet<string>,
  now: number,
): Promise<{ readonly mark: number; readonly bytes: number }> {
  const mark = Math.floor((now - 2 * hour) / 1000) * 1000
  const restored = (await listBuildCache(files, goCache)).filter(({ file }) => !before.has(file))
  await mapLimited(restored, 64, ({ file }) => files.setModified(file, mark))
  return { mark, bytes: sum(restored) }
}

/**
 * Removes what was restored and not used, so that an entry never grows beyond what its job works with.
 * With `capBytes`, removes more until the rest fits: programs first, then what was used longest ago.
 */
export async function trimBuildCache(
  files: Files,
  goCache: string,
  mark: number | undefined,
  capBytes?: number,
): Promise<TrimResult> {
  const entries = await listBuildCache(files, goCache)
  const unused = entries.filter(({ modified }) => modified === mark)
  const used = entries.filter(({ modified }) => modified !== mark)
  const evicted: BuildCacheEntry[] = []
  let keptBytes = sum(used)
  if (capBytes !== undefined) {
    const cheapestFirst = used.toSorted(
      (a, b) => Number(b.program) - Number(a.program) || a.modified - b.modified || (a.file < b.file ? -1 : 1),
    )
    for (const entry of cheapestFirst) {
      if (keptBytes <= capBytes) break
      evicted.push(entry)
      keptBytes -= entry.bytes
    }
  }
  await mapLimited([...unused, ...evicted], 64, ({ file }) => files.remove(file))
  return { keptBytes, unusedBytes: sum(unused), evictedBytes: sum(evicted) }
}

function sum(entries: readonly BuildCacheEntry[]): number {
  return entries.reduce((total, { bytes }) => total + bytes, 0)
}

async function folderBytes(files: Files, dir: string): Promise<number> {
  const sizes = await Promise.all(
    (await files.list(dir)).map(async ({ name }) => (await files.stat(path.join(dir, name)))?.bytes ?? 0),
  )
  return sizes.reduce((total, bytes) => total + bytes, 0)
}
