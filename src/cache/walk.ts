import path from 'node:path'

import type { DirEntry, Files } from '../system/types.ts'

/** Entries of a folder; none when it is not there or is no folder. */
export async function listIfThere(files: Files, dir: string): Promise<readonly DirEntry[]> {
  return (await files.stat(dir))?.kind === 'dir' ? files.list(dir) : []
}

/** Runs a task over items, at most `limit` at a time; results in the order of the items. */
export async function mapLimited<T, R>(
  items: readonly T[],
  limit: number,
  task: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = []
  let next = 0
  const work = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) results[index] = await task(items[index] as T)
  }
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, work))
  return results
}

/** One `@v` folder: all versions of a module that the cache has. */
export interface ModuleFolder {
  /** As the cache writes it: upper case as `!` and lower case. */
  readonly escapedPath: string
  readonly dir: string
  readonly names: readonly string[]
}

export interface Downloads {
  readonly folders: readonly ModuleFolder[]
  /** Links and the like among the folders. They are not followed here; the go command would. */
  readonly strange: readonly string[]
}

/** What lies under the download folder of a module cache, but for the checksum database's own files. */
export async function listDownloads(files: Files, downloads: string): Promise<Downloads> {
  const folders: ModuleFolder[] = []
  const strange: string[] = []
  const visit = async (dir: string, segments: readonly string[]): Promise<void> => {
    for (const entry of await listIfThere(files, dir)) {
      const child = path.join(dir, entry.name)
      if (entry.kind === 'link' || entry.kind === 'other') strange.push(child)
      if (entry.kind !== 'dir' || (segments.length === 0 && entry.name === 'sumdb')) continue
      if (entry.name === '@v') {
        const names = (await files.list(child)).map(({ name }) => name)
        folders.push({ escapedPath: segments.join('/'), dir: child, names })
      } else {
        await visit(child, [...segments, entry.name])
      }
    }
  }
  await visit(downloads, [])
  return { folders, strange }
}
