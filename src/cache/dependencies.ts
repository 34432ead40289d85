import path from 'node:path'

import type { Files } from '../system/types.ts'
import { hashDependencies } from './keys.ts'

interface DependencyRequest {
  /** Absolute path of the repository root. */
  readonly root: string
  /** `cache-dependency-path`: globs relative to the root, `!` excludes; empty for the default. */
  readonly patterns: readonly string[]
  /** Absolute paths of the go.sum and go.work.sum files of the run; go.mod where a module has no go.sum. */
  readonly defaults: readonly string[]
}

export interface Dependencies {
  readonly hash: string
  /** Relative to the root with `/`, in the order they were hashed. */
  readonly files: readonly string[]
  /** What the user should know about `cache-dependency-path`. */
  readonly note?: string
}

/**
 * Hash of the files that decide which modules a run needs. Order and separators do not depend on the host. When
 * `cache-dependency-path` names no file the default is used: a key that follows nothing would never be renewed, and a
 * cache is no reason to fail.
 */
export async function readDependencies(
  files: Files,
  glob: (patterns: readonly string[]) => Promise<readonly string[]>,
  request: DependencyRequest,
): Promise<Dependencies> {
  const { root, patterns, defaults } = request
  const absolute = (pattern: string): string =>
    pattern.startsWith('!') ? `!${path.resolve(root, pattern.slice(1))}` : path.resolve(root, pattern)
  const matched = patterns.length === 0 ? [] : await glob(patterns.map(absolute))
  const found = matched.length === 0 ? defaults : matched
  const named = found.map((file) => ({ file, name: path.relative(root, file).split(path.sep).join('/') }))
  named.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  const contents = await Promise.all(
    named.map(async ({ file, name }) => ({ path: name, content: await files.readBytes(file) })),
  )
  const result = { hash: hashDependencies(contents), files: named.map(({ name }) => name) }
  if (patterns.length === 0 || matched.length > 0) return result
  const note = `cache-dependency-path matches no file: ${patterns.join(', ')}. Give paths from the repository root; the cache follows ${result.files.join(', ') || 'nothing'} instead.`
  return { ...result, note }
}
