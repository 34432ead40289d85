import path from 'node:path'

import type { Files } from '../system/types.ts'

/**
 * The text of a file of a repository, or why it cannot be had, as the end of a sentence. A link that leads out of the
 * repository is not followed.
 * @param root absolute path of the repository
 * @param name relative to it
 */
export async function readInside(
  files: Files,
  root: string,
  name: string,
  mostBytes: number,
): Promise<{ readonly text: string } | { readonly problem: string }> {
  try {
    const file = await files.realPath(path.join(root, name))
    const relative = path.relative(await files.realPath(root), file)
    if (relative === '..' || relative.startsWith(`..${path.sep}`) || path.isAbsolute(relative))
      return { problem: 'is a link to a file outside the repository' }
    const found = await files.stat(file)
    if (found?.kind !== 'file') return { problem: 'is no file' }
    if (found.bytes > mostBytes) return { problem: `has ${found.bytes} bytes; it may have ${mostBytes} at most` }
    return { text: await files.readText(file) }
  } catch (error) {
    return { problem: `cannot be read: ${error instanceof Error ? error.message : String(error)}` }
  }
}
