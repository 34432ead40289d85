import path from 'node:path'

import type { Policy } from '../domain/policy.ts'
import type { Files } from '../system/types.ts'
import { ConfigurationError } from './error.ts'
import { parsePolicy } from './policy.ts'
import { readInside } from './read-inside.ts'

/** Where the policy stands when no input says otherwise; the first that is there is read. */
export const policyPaths: readonly string[] = ['.github/gopreflight.yml', '.github/gopreflight.yaml']

/** More than anybody writes. */
const mostBytes = 64 * 1024

/**
 * The policy of a repository; undefined when it has none. A link that leads out of the repository is not followed. Throws
 * a ConfigurationError for a file that cannot be read, that is wrong, or that was named and is not there.
 * @param root absolute path of the repository
 * @param named what the input `policy` says, relative to the root
 */
export async function loadPolicy(files: Files, root: string, named: string | undefined): Promise<Policy | undefined> {
  const names = named === undefined ? policyPaths : [named]
  const there: string[] = []
  for (const name of names) if ((await files.stat(path.join(root, name))) !== undefined) there.push(name)
  const [name, other] = there
  if (name === undefined) {
    if (named === undefined) return undefined
    throw new ConfigurationError([`policy: there is no file ${named} in the repository`])
  }
  if (other !== undefined) throw new ConfigurationError([`policy: ${name} and ${other} are both there; remove one`])
  const read = await readInside(files, root, name, mostBytes)
  if ('problem' in read) throw new ConfigurationError([`policy: ${name} ${read.problem}`])
  return parsePolicy(read.text, path.posix.normalize(name.replaceAll('\\', '/')))
}
