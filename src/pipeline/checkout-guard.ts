import path from 'node:path'

import type { Files } from '../system/types.ts'
import type { ModulePlan } from './modules.ts'

interface Kept {
  readonly content: Uint8Array
  readonly mode: number
}

/**
 * Puts back what a go command may have written into the checkout behind our back: in workspace mode it keeps go.work.sum
 * up to date by itself, and with `-mod=mod` in GOFLAGS even `go list` rewrites go.mod and go.sum. Without that flag those
 * two are not watched: somebody may be editing them while we run. Returns the function that restores; a checkout that
 * cannot be written to needs none.
 */
export async function guardCheckout(
  files: Files,
  root: string,
  modules: readonly ModulePlan[],
  goFlags: string,
): Promise<() => Promise<void>> {
  const rewrites = /(?:^|\s)--?mod=mod(?:\s|$)/.test(goFlags)
  const guarded = new Set(
    modules.flatMap(({ absoluteDir, workspace }) => [
      ...(rewrites ? [path.join(absoluteDir, 'go.mod'), path.join(absoluteDir, 'go.sum')] : []),
      ...(workspace === undefined ? [] : [path.resolve(root, workspace, 'go.work.sum')]),
    ]),
  )
  const before = new Map<string, Kept | undefined>()
  for (const file of guarded) {
    // What cannot be read is not guarded; the probes say what is wrong with it.
    const kept = await readIfThere(files, file).catch(() => 'unreadable' as const)
    if (kept !== 'unreadable') before.set(file, kept)
  }
  return async () => {
    for (const [file, kept] of before) {
      const now = await readIfThere(files, file)
      if (kept === undefined) {
        if (now !== undefined) await files.remove(file)
      } else if (now === undefined || Buffer.compare(now.content, kept.content) !== 0) {
        // Written beside and renamed: a link must stay one, and the file as readable as it was.
        await files.write(now === undefined ? file : await files.realPath(file), kept.content, kept.mode & 0o777)
      }
    }
  }
}

async function readIfThere(files: Files, file: string): Promise<Kept | undefined> {
  const found = await files.stat(file)
  return found?.kind === 'file' ? { content: await files.readBytes(file), mode: found.mode } : undefined
}
