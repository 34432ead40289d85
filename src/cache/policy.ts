export type CacheInput = 'true' | 'false' | 'restore' | 'modules'

/** What triggered the run, from the environment and the event payload. */
export interface CacheEvent {
  /** GITHUB_EVENT_NAME. */
  readonly name: string
  /** GITHUB_REF: `refs/heads/main`, `refs/tags/v1.2.3`, `refs/pull/7/merge`. */
  readonly ref: string
  /** `repository.default_branch` of the event payload. */
  readonly defaultBranch?: string
}

export interface CacheUse {
  readonly restore: boolean
  readonly save: boolean
}

export interface CachePolicy {
  readonly modules: CacheUse
  readonly build: CacheUse
  /** One sentence for the log. */
  readonly reason: string
}

/** Events that run code of the repository itself at the request of people who may push to it. */
const trustedEvents = new Set(['push', 'schedule', 'workflow_dispatch', 'repository_dispatch'])

const none: CacheUse = { restore: false, save: false }
const restoreOnly: CacheUse = { restore: true, save: false }
const both: CacheUse = { restore: true, save: true }

/**
 * Which entries a run restores and saves.
 *
 * - A tag uses none: what is released must not depend on what another run has left behind.
 * - A pull request, a merge queue and every event that strangers can set off restore only. Nothing they save could be
 *   restored anywhere else, and it would push out what can (10 GB a repository).
 * - A branch saves its modules: each is checked against go.sum before it is used. Build results cannot be checked by
 *   anybody, so only the default branch saves them.
 */
export function decideCachePolicy(input: CacheInput, event: CacheEvent): CachePolicy {
  const policy = policyOfEvent(event)
  switch (input) {
    case 'false':
      return { modules: none, build: none, reason: 'The cache is off (cache: false).' }
    case 'restore':
      return {
        modules: { ...policy.modules, save: false },
        build: { ...policy.build, save: false },
        reason: policy.modules.restore ? 'Caches are restored and not saved (cache: restore).' : policy.reason,
      }
    case 'modules':
      return { modules: policy.modules, build: none, reason: `${policy.reason} Modules alone (cache: modules).` }
    case 'true':
      return policy
  }
}

function policyOfEvent(event: CacheEvent): CachePolicy {
  const { name, ref, defaultBranch } = event
  if (ref.startsWith('refs/tags/')) {
    return { modules: none, build: none, reason: 'A tag uses no cache: a release must not depend on an earlier run.' }
  }
  if (!trustedEvents.has(name) || !ref.startsWith('refs/heads/')) {
    return { modules: restoreOnly, build: restoreOnly, reason: `Caches are restored and not saved (event ${name}).` }
  }
  if (defaultBranch !== undefined && ref === `refs/heads/${defaultBranch}`) {
    return { modules: both, build: both, reason: `Caches are restored and saved (${ref}).` }
  }
  return {
    modules: both,
    build: restoreOnly,
    reason: `Modules are saved, the build cache is saved on the default branch only (${ref}).`,
  }
}
