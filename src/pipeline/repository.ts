import path from 'node:path'

import type { Files } from '../system/types.ts'

/**
 * The repository that a directory belongs to: the nearest parent with a `.git` (a folder, or a file in worktrees and
 * submodules), else the directory itself. Absolute, links resolved, so that the go command's paths lie inside it.
 */
export async function repositoryRoot(files: Files, dir: string): Promise<string> {
  const start = await files.realPath(dir)
  for (let at = start; ; at = path.dirname(at)) {
    if ((await files.stat(path.join(at, '.git'))) !== undefined) return at
    if (path.dirname(at) === at) return start
  }
}
