import path from 'node:path'

import type { DirEntry, Files } from '../system/types.ts'

/** Bounds of a search, far above what a repository of people holds. */
const maxDirectories = 50_000
const maxModules = 500
const maxDepth = 40
/** Directories read at the same time. */
const batch = 32

const skipped: ReadonlySet<string> = new Set(['vendor', 'testdata', 'node_modules'])

export interface ModuleWalk {
  /** Directories with a go.mod, relative to the root with `/`. */
  readonly modules: readonly string[]
  /** Directories with a go.work. */
  readonly workspaces: readonly string[]
  /** What was not searched and why. */
  readonly notes: readonly string[]
}

/**
 * Every go.mod and go.work at or below `start`, a directory relative to `root`. Follows no links and passes over
 * directories that the go command does not look into for `./...` (`go help packages`) and node_modules. Bounded.
 */
export async function walkModules(files: Files, root: string, start: string): Promise<ModuleWalk> {
  const modules: string[] = []
  const workspaces: string[] = []
  const notes: string[] = []
  let level: readonly string[] = [start]
  let seen = 0
  for (let depth = 0; level.length > 0; depth++) {
    const next: string[] = []
    for (let i = 0; i < level.length; i += batch) {
      const dirs = level.slice(i, i + batch)
      const listed = await Promise.all(dirs.map((dir) => listOrNote(files, root, dir, notes)))
      for (const [index, entries] of listed.entries()) {
        const dir = dirs[index] ?? '.'
        if (hasFile(entries, 'go.mod')) modules.push(dir)
        if (hasFile(entries, 'go.work')) workspaces.push(dir)
        next.push(...entries.filter(isSearched).map((entry) => path.posix.join(dir, entry.name)))
      }
      seen += dirs.length
      if (seen >= maxDirectories || modules.length >= maxModules) {
        const bound = modules.length >= maxModules ? `${String(maxModules)} modules` : `${String(seen)} directories`
        notes.push(`The search for modules stopped after ${bound}. Name the directories to check.`)
        return { modules: modules.slice(0, maxModules), workspaces, notes }
      }
    }
    if (depth === maxDepth && next.length > 0) {
      notes.push(`Directories more than ${String(maxDepth)} levels deep were not searched for modules.`)
      break
    }
    level = next
  }
  return { modules, workspaces, notes }
}

async function listOrNote(files: Files, root: string, dir: string, notes: string[]): Promise<readonly DirEntry[]> {
  try {
    return await files.list(path.resolve(root, dir))
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
    notes.push(`${dir} could not be searched for modules (${code}).`)
    return []
  }
}

function hasFile(entries: readonly DirEntry[], name: string): boolean {
  return entries.some((entry) => entry.name === name && entry.kind === 'file')
}

function isSearched(entry: DirEntry): boolean {
  return entry.kind === 'dir' && !entry.name.startsWith('.') && !entry.name.startsWith('_') && !skipped.has(entry.name)
}
