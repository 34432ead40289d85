import path from 'node:path'

import type { System } from '../system/types.ts'

/** The members of the event payload that we read (https://docs.github.com/webhooks/webhook-events-and-payloads). */
export interface WorkflowEvent {
  readonly repository?: { readonly default_branch?: string }
  readonly pull_request?: { readonly head?: { readonly sha?: string }; readonly base?: { readonly sha?: string } }
  readonly merge_group?: { readonly base_sha?: string }
  /** Of a push: the commit that the branch was at; zeros for one that is new. */
  readonly before?: string
  readonly deleted?: boolean
}

/**
 * pull_request_target runs with the secrets and the write token of the base repository. Building what a fork sent with
 * them at hand is how repositories get taken over, so a checkout of anything but the base is refused. Returns the
 * reason, or undefined when all is well.
 */
export async function refusal(
  system: System,
  workspace: string,
  checkouts: readonly string[],
): Promise<string | undefined> {
  const { env } = system
  if (env.GITHUB_EVENT_NAME !== 'pull_request_target') return undefined
  const event = await readEvent(system)
  const base = new Set([env.GITHUB_SHA, event.pull_request?.base?.sha].filter((sha) => sha !== undefined && sha !== ''))
  for (const dir of new Set([workspace, ...checkouts])) {
    const head = await headCommit(system, dir)
    if (head === undefined && dir === workspace && checkouts.length > 0) continue
    if (head !== undefined && base.has(head)) continue
    const what = head === undefined ? 'something that is no git checkout' : head
    return (
      `This workflow runs on pull_request_target, with secrets and a write token, and ${path.relative(workspace, dir) || 'the workspace'} holds ` +
      `${what}, not the base commit. Code of a pull request must not be built with them. Use the pull_request event.`
    )
  }
  return undefined
}

/** The payload of the event that set the workflow off; empty when there is none to read. */
export async function readEvent(system: System): Promise<WorkflowEvent> {
  try {
    return JSON.parse(await system.files.readText(system.env.GITHUB_EVENT_PATH ?? '')) as WorkflowEvent
  } catch {
    return {}
  }
}

/** The commit that is checked out. Owned by another user or not, reading HEAD runs nothing of the repository's. */
async function headCommit(system: System, dir: string): Promise<string | undefined> {
  const result = await system.processes.run({
    argv: ['git', '-c', 'safe.directory=*', 'rev-parse', 'HEAD'],
    cwd: dir,
    timeoutSeconds: 30,
  })
  return result.exitCode === 0 ? result.stdout.text.trim() : undefined
}
