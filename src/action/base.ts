import { headParents, isCommitId, originAddress } from '../git/commits.ts'
import type { Remote } from '../git/snapshot.ts'
import type { BaseSource } from '../pipeline/base.ts'
import type { System } from '../system/types.ts'
import { readEvent, type WorkflowEvent } from './event.ts'

/**
 * What a run in a workflow is compared with: what the input names, else the base of the event. Undefined when the event has
 * none and nobody expects one.
 * @param wanted the input `base`
 * @param checkout the repository that is checked out; only read
 */
export async function baseSource(
  system: System,
  wanted: string | undefined,
  token: string,
  checkout: string,
): Promise<BaseSource | undefined> {
  if (wanted === 'none') return undefined
  // A workflow may check another repository out: its commits are not those of the event.
  const foreign = await isForeign(system, checkout)
  const remote = foreign ? undefined : remoteOf(system.env, token)
  const from = remote === undefined ? {} : { remote }
  if (wanted !== undefined) return { name: wanted, what: `the base ${wanted}`, ...from }
  const event = await readEvent(system)
  const source = await eventBase(system, event, checkout)
  if (source !== undefined && foreign)
    return { none: 'Nothing was compared: another repository is checked out than the one of the event.' }
  return source === undefined || 'none' in source ? source : { ...source, ...from }
}

async function eventBase(system: System, event: WorkflowEvent, checkout: string): Promise<BaseSource | undefined> {
  switch (system.env.GITHUB_EVENT_NAME) {
    case 'pull_request': {
      const what = 'the commit that this pull request is merged into'
      const { head, base } = event.pull_request ?? {}
      // The payload names the base as it was when the event was sent; the merge commit knows what it merged.
      const [parent, merged] = await headParents(system, checkout)
      if (parent !== undefined && merged !== undefined && merged === head?.sha) return { name: parent, what }
      return commitOr(base?.sha, what)
    }
    case 'merge_group':
      return commitOr(event.merge_group?.base_sha, 'the commit that this merge group is based on')
    case 'push': {
      if (event.deleted === true) return undefined
      const { before } = event
      if (before !== undefined && /^0+$/.test(before))
        return { none: 'Nothing was compared: this push made a new branch or tag, so there is no commit before it.' }
      return commitOr(before, 'the commit before this push')
    }
    default:
      return undefined
  }
}

function commitOr(commit: string | undefined, what: string): BaseSource {
  if (typeof commit === 'string' && isCommitId(commit)) return { name: commit, what }
  return { none: `Nothing was compared with ${what}: the event does not name it.` }
}

/** True when the checkout says that it came from another repository: `owner/name` at the end of an address of any form. */
async function isForeign(system: System, checkout: string): Promise<boolean> {
  const repository = system.env.GITHUB_REPOSITORY?.toLowerCase()
  const address = (await originAddress(system, checkout))?.toLowerCase()
  if (repository === undefined || address === undefined) return false
  const name = address.replace(/\/$/, '').replace(/\.git$/, '')
  return !name.endsWith(`/${repository}`) && !name.endsWith(`:${repository}`)
}

function remoteOf(env: System['env'], token: string): Remote | undefined {
  const { GITHUB_SERVER_URL: server = '', GITHUB_REPOSITORY: repository = '' } = env
  if (!/^https?:\/\/[^\s/?#@]+$/.test(server) || !/^[\w.-]+\/[\w.-]+$/.test(repository)) return undefined
  return { url: `${server}/${repository}`, token }
}
