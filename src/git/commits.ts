import path from 'node:path'

import type { System } from '../system/types.ts'
import { runGit } from './git.ts'

const lookSeconds = 30

export function isCommitId(text: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text)
}

/** True for what git may be handed as the name of a commit, branch or tag: no option, no range, no path. */
export function isRefName(text: string): boolean {
  return /^[\w.@][\w./@{}~^+#=,-]{0,254}$/.test(text) && !text.includes('..')
}

/** The commit that a name means in a checkout; undefined when it means none there. */
export async function resolveCommit(system: System, checkout: string, name: string): Promise<string | undefined> {
  if (!isRefName(name)) return undefined
  const result = await runGit(system, ['rev-parse', '--verify', '--quiet', `${name}^{commit}`], {
    cwd: checkout,
    timeoutSeconds: lookSeconds,
  })
  const commit = result.stdout.text.trim()
  return result.exitCode === 0 && isCommitId(commit) ? commit : undefined
}

/**
 * The parents of the commit that is checked out, as the commit itself says: also in a shallow checkout, which has none of
 * them. Empty when there is no commit.
 */
export async function headParents(system: System, checkout: string): Promise<readonly string[]> {
  const result = await runGit(system, ['cat-file', 'commit', 'HEAD'], { cwd: checkout, timeoutSeconds: lookSeconds })
  if (result.exitCode !== 0) return []
  const [header = ''] = result.stdout.text.split('\n\n')
  return header.split('\n').flatMap((line) => {
    const [word, commit = ''] = line.split(' ')
    return word === 'parent' && isCommitId(commit) ? [commit] : []
  })
}

/** Where a checkout came from; undefined when it does not say. */
export async function originAddress(system: System, checkout: string): Promise<string | undefined> {
  const result = await runGit(system, ['config', '--get', 'remote.origin.url'], {
    cwd: checkout,
    timeoutSeconds: lookSeconds,
  })
  const address = result.stdout.text.trim()
  return result.exitCode === 0 && address !== '' ? address : undefined
}

/** The folder with the objects of a checkout, absolute; undefined when it is no repository. */
export async function objectsFolder(system: System, checkout: string): Promise<string | undefined> {
  const result = await runGit(system, ['rev-parse', '--git-path', 'objects'], {
    cwd: checkout,
    timeoutSeconds: lookSeconds,
  })
  const name = result.stdout.text.replace(/\r?\n$/, '')
  if (result.exitCode !== 0 || name === '') return undefined
  return path.resolve(checkout, name)
}
