import path from 'node:path'

import type { DirEntry, Files } from '../system/types.ts'
import { withAbsolutePaths } from './absolute-paths.ts'
import { inside } from './source-path.ts'

/** Never copied: version control is no part of a module, and node_modules only holds what Go does not read. */
const leftOut: ReadonlySet<string> = new Set(['.git', '.hg', '.svn', '.bzr', 'node_modules'])

const defaultMaxBytes = 4 * 1024 * 1024 * 1024

export interface CopyOptions {
  /** Fails when the files have more bytes than this; 4 GiB when absent. */
  readonly maxBytes?: number
}

export interface ScratchCopy {
  readonly files: number
  readonly bytes: number
  /** Links that were not copied since they lead outside, to a directory or nowhere; relative with `/`. */
  readonly leftOut: readonly string[]
}

/**
 * Copies a module or workspace to a directory of ours, to be changed there. `from` and `to` are absolute. A link to a
 * file inside becomes a file; no other link is followed. Local directories outside `from` that a go.mod or go.work of
 * the copy names are written absolute, so that they are still found. go.mod and go.sum are writable in the copy.
 * Throws when `from` cannot be read or is too large.
 */
export async function copyModule(
  files: Files,
  from: string,
  to: string,
  options: CopyOptions = {},
): Promise<ScratchCopy> {
  const root = await files.realPath(from)
  const maxBytes = options.maxBytes ?? defaultMaxBytes
  const notCopied: string[] = []
  let count = 0
  let bytes = 0

  const copyFile = async (dir: string, name: string, source: string): Promise<void> => {
    const found = await files.stat(source)
    if (found?.kind !== 'file') return
    count++
    bytes += found.bytes
    if (bytes > maxBytes)
      throw new Error(`${from} is too large to be copied: it has more than ${String(maxBytes)} bytes`)
    const target = path.join(to, dir, name)
    await files.copy(source, target)
    // A checkout or a module in the module cache may be read-only, and the go command writes these in place.
    if (/^go\.(?:mod|sum|work|work\.sum)$/.test(name)) await files.chmod(target, 0o644)
    if (name === 'go.mod' || name === 'go.work') await rewrite(dir, name, target)
  }

  const rewrite = async (dir: string, name: 'go.mod' | 'go.work', target: string): Promise<void> => {
    const text = await files.readText(target)
    const changed = withAbsolutePaths(name, text, path.join(root, dir), root)
    if (changed !== text) await files.write(target, changed)
  }

  const copyLink = async (dir: string, name: string): Promise<void> => {
    const source = await files.realPath(path.join(root, dir, name)).catch(() => undefined)
    const isFile = source !== undefined && (await files.stat(source))?.kind === 'file'
    const target = source === undefined ? undefined : inside(root, source)
    const allowed = target?.split('/').every((part) => !leftOut.has(part)) === true
    if (isFile && allowed) await copyFile(dir, name, source)
    else notCopied.push(path.posix.join(dir.replaceAll(path.sep, '/'), name))
  }

  const copyEntry = async (dir: string, entry: DirEntry): Promise<string | undefined> => {
    if (leftOut.has(entry.name)) return undefined
    if (entry.kind === 'link') await copyLink(dir, entry.name)
    if (entry.kind === 'file') await copyFile(dir, entry.name, path.join(root, dir, entry.name))
    return entry.kind === 'dir' ? path.join(dir, entry.name) : undefined
  }

  const pending = ['']
  for (let dir = pending.pop(); dir !== undefined; dir = pending.pop()) {
    const source = path.join(root, dir)
    // A scratch directory below the module must not be copied into itself.
    if (inside(to, source) !== undefined) continue
    await files.makeDir(path.join(to, dir))
    for (const entry of await files.list(source)) {
      const below = await copyEntry(dir, entry)
      if (below !== undefined) pending.push(below)
    }
  }
  return { files: count, bytes, leftOut: notCopied }
}
