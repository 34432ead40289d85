import path from 'node:path'

import { takeSnapshot, type Remote } from '../git/snapshot.ts'
import type { System } from '../system/types.ts'

/** What a run is compared with, as far as the event or the input says. */
export type BaseSource =
  | {
      /** A commit, branch or tag. */
      readonly name: string
      /** `the commit that this pull request is merged into`, for people. */
      readonly what: string
      /** Where it can be fetched from when the checkout does not have it. */
      readonly remote?: Remote
    }
  /** There should be a base and there is none, with the reason as a sentence. */
  | { readonly none: string }

/** The files of the base. */
export interface Base {
  readonly commit: string
  /** The first digits of the commit, for people. */
  readonly short: string
  readonly what: string
  /** What stands for the root of the repository. */
  readonly root: string
}

const longest = 300

/** The base that somebody named; undefined for none. It is read from the repository, and not fetched. */
export function namedBase(name: string | undefined): BaseSource | undefined {
  return name === undefined || name === 'none' ? undefined : { name, what: `the base ${name}` }
}

/**
 * The files of the base, in a folder of ours; a sentence when they cannot be had.
 * @param root of the repository that is checked out; only read
 */
export async function obtainBase(
  system: System,
  source: BaseSource,
  root: string,
  scratchDir: string,
  timeoutSeconds: number,
): Promise<Base | { readonly missing: string }> {
  if ('none' in source) return { missing: source.none }
  system.log.progress(`looking at ${source.what}`)
  const taken = await takeSnapshot(system, {
    name: source.name,
    checkout: root,
    ...(source.remote === undefined ? {} : { remote: source.remote }),
    scratchDir: path.join(scratchDir, 'base'),
    timeoutSeconds: Math.min(timeoutSeconds, longest),
  }).catch((error: unknown) => ({ missing: error instanceof Error ? error.message : String(error) }))
  if ('missing' in taken) {
    return {
      missing: `Nothing was compared with ${source.what}${source.what.includes(source.name) ? '' : ` (${shorten(source.name)})`}, for it cannot be had: ${taken.missing.replace(/\.$/, '')}. So the rules without a base hold.`,
    }
  }
  system.log.info(
    `Compared with ${source.what}: ${taken.commit}${taken.source === 'remote' ? ', fetched into a folder of its own' : ''}`,
  )
  return { commit: taken.commit, short: taken.commit.slice(0, 12), what: source.what, root: taken.dir }
}

function shorten(name: string): string {
  return /^[0-9a-f]{40,64}$/.test(name) ? name.slice(0, 12) : name.slice(0, 100)
}
