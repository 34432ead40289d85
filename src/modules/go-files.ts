import path from 'node:path'

import type { Files } from '../system/types.ts'

const mostFolders = 20_000
const mostFiles = 50_000
const batch = 32

/** The Go files of a module. `complete` is false when a bound was reached. */
export interface GoFileList {
  /** Relative to the module's directory with `/`, sorted by folder. */
  readonly files: readonly string[]
  readonly complete: boolean
}

/**
 * The Go files that `./...` looks at, whatever their constraints: without vendor, testdata, folders that begin with a dot
 * or an underscore, and other modules (`go help packages`). Links are not followed.
 * @param ignored folders of go.mod's ignore lines, relative to the module with `/`
 */
export async function listGoFiles(
  files: Pick<Files, 'list'>,
  moduleDir: string,
  ignored: readonly string[] = [],
): Promise<GoFileList> {
  const passed = new Set(ignored.map((dir) => dir.replace(/^\.\//, '').replace(/\/+$/, '')))
  const found: string[] = []
  const queue = ['']
  for (let at = 0; at < queue.length;) {
    if (queue.length > mostFolders || found.length > mostFiles) return { files: found, complete: false }
    const folders = queue.slice(at, at + batch)
    at += folders.length
    const listed = await Promise.all(folders.map((dir) => files.list(path.join(moduleDir, dir)).catch(() => [])))
    for (const [index, entries] of listed.entries()) {
      const folder = folders[index] ?? ''
      if (folder !== '' && entries.some((entry) => entry.name === 'go.mod' && entry.kind === 'file')) continue
      for (const entry of [...entries].sort((a, b) => (a.name < b.name ? -1 : 1))) {
        const name = path.posix.join(folder, entry.name)
        if (/^[._]/.test(entry.name)) continue
        if (entry.kind === 'dir') {
          if (entry.name !== 'vendor' && entry.name !== 'testdata' && !passed.has(name)) queue.push(name)
        } else if (entry.name.endsWith('.go')) found.push(name)
      }
    }
  }
  return { files: found, complete: true }
}
