import { create } from '@actions/glob'

import { runQuietly } from './quiet.ts'

/**
 * Files that match patterns, one a pattern, absolute or relative to `GITHUB_WORKSPACE`'s working directory, in the
 * order of the file system; `!` excludes. The matcher of setup-go's `cache-dependency-path`, so that the same value
 * means the same files.
 */
export async function globFiles(patterns: readonly string[]): Promise<readonly string[]> {
  return runQuietly(
    () => undefined,
    async () => {
      const globber = await create(patterns.join('\n'), { matchDirectories: false })
      return globber.glob()
    },
  )
}
