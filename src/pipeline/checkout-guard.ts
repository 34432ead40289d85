import path from 'node:path'

import type { Files } from '../system/types.ts'
import type { ModulePlan } from './modules.ts'

/**
 * Puts back what a go command may have written into the checkout behind our back: in workspace mode it keeps go.work.sum
 * up to date by itself. Returns the function that restores; a checkout that cannot be written to needs none.
 */
export async function guardCheckout(
  files: Files,
  root: string,
  modules: readonly ModulePlan[],
): Promise<() => Promise<void>> {
  const workspaces = new Set(modules.flatMap(({ workspace }) => (workspace === undefined ? [] : [workspace])))
  const before = new Map<string, Uint8Array | undefined>()
  for (const workspace of workspaces) {
    const file = path.resolve(root, workspace, 'go.work.sum')
    before.set(file, await readIfThere(files, file))
  }
  return async () => {
    for (const [file, content] of before) {
      const now = await readIfThere(files, file)
      if (now === undefined ? content === undefined : content !== undefined && Buffer.compare(now, content) === 0)
        continue
      if (content === undefined) await files.remove(file)
      else await files.write(file, content)
    }
  }
}

async function readIfThere(files: Files, file: string): Promise<Uint8Array | undefined> {
  return (await files.stat(file))?.kind === 'file' ? files.readBytes(file) : undefined
}
