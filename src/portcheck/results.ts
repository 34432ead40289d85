import path from 'node:path'

import type { System } from '../system/types.ts'

/** Most bytes of results to keep: a large module takes some megabytes for each set of targets and tags it was checked with. */
const mostBytes = 256 * 1024 * 1024
const abandonedSeconds = 24 * 60 * 60

/**
 * Removes what was written longest ago until the folder of results is within its limit, and what a killed check left
 * half-written. A folder that cannot be read or written is left as it is.
 */
export async function trimResults(
  { files, clock, log }: Pick<System, 'files' | 'clock' | 'log'>,
  dir: string,
  most = mostBytes,
): Promise<void> {
  try {
    if ((await files.stat(dir))?.kind !== 'dir') return
    const found: { readonly file: string; readonly bytes: number; readonly modified: number }[] = []
    for (const { name, kind } of await files.list(dir)) {
      const file = path.join(dir, name)
      const stat = kind === 'file' ? await files.stat(file) : undefined
      if (stat === undefined) continue
      const abandoned = name.endsWith('.tmp') && clock.now() - stat.modified > abandonedSeconds * 1000
      if (abandoned) await files.remove(file)
      else found.push({ file, ...stat })
    }
    let total = 0
    for (const { file, bytes } of found.sort((a, b) => b.modified - a.modified)) {
      total += bytes
      if (total > most) await files.remove(file)
    }
  } catch (error) {
    log.debug(`Results of earlier port checks were not trimmed: ${String(error)}`)
  }
}
