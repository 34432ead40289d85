import { randomUUID } from 'node:crypto'
import * as fs from 'node:fs/promises'
import path from 'node:path'

/** What set the job off. */
export interface SimulatedEvent {
  /** GITHUB_EVENT_NAME, `pull_request` when absent. */
  readonly name?: string
  readonly ref?: string
  readonly sha?: string
  readonly baseRef?: string
  readonly headRef?: string
  readonly repository?: string
  /** Content of GITHUB_EVENT_PATH. */
  readonly payload?: unknown
}

/** The folders of a job. */
export interface JobFolders {
  readonly workspace: string
  readonly temp: string
  readonly toolCache: string
  readonly home: string
}

export const trackingVariable = 'RUNNER_TRACKING_ID'

/**
 * The environment of an action's step, from nothing (facts of GitHubContext.cs, RunnerContext.cs and
 * NodeScriptActionHandler.cs). Of this machine only PATH is taken.
 */
export async function jobEnvironment(folders: JobFolders, event: SimulatedEvent): Promise<Record<string, string>> {
  const eventPath = path.join(folders.temp, '_github_workflow', 'event.json')
  await fs.mkdir(path.dirname(eventPath), { recursive: true })
  await fs.writeFile(eventPath, JSON.stringify(event.payload ?? {}))
  const name = event.name ?? 'pull_request'
  const ref = event.ref ?? (name === 'pull_request' ? 'refs/pull/7/merge' : 'refs/heads/main')
  const repository = event.repository ?? 'octo/example'
  const pull = name === 'pull_request'
  return {
    PATH: process.env.PATH ?? '',
    HOME: folders.home,
    LANG: 'C.UTF-8',
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTION: '__self',
    GITHUB_API_URL: 'https://api.github.com',
    GITHUB_GRAPHQL_URL: 'https://api.github.com/graphql',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_EVENT_NAME: name,
    GITHUB_EVENT_PATH: eventPath,
    GITHUB_JOB: 'preflight',
    GITHUB_REF: ref,
    GITHUB_REF_NAME: ref.replace(/^refs\/(heads|tags|pull)\//, ''),
    GITHUB_REF_TYPE: ref.startsWith('refs/tags/') ? 'tag' : 'branch',
    GITHUB_BASE_REF: event.baseRef ?? (pull ? 'main' : ''),
    GITHUB_HEAD_REF: event.headRef ?? (pull ? 'topic' : ''),
    GITHUB_REPOSITORY: repository,
    GITHUB_REPOSITORY_OWNER: repository.split('/')[0] ?? '',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_RUN_ID: '1',
    GITHUB_RUN_NUMBER: '1',
    GITHUB_SHA: event.sha ?? '0123456789abcdef0123456789abcdef01234567',
    GITHUB_WORKFLOW: 'ci',
    GITHUB_WORKFLOW_REF: `${repository}/.github/workflows/ci.yml@${ref}`,
    GITHUB_WORKSPACE: folders.workspace,
    RUNNER_ARCH: process.arch === 'arm64' ? 'ARM64' : 'X64',
    RUNNER_ENVIRONMENT: 'github-hosted',
    RUNNER_NAME: 'simulated',
    RUNNER_OS: 'Linux',
    RUNNER_TEMP: folders.temp,
    RUNNER_TOOL_CACHE: folders.toolCache,
    [trackingVariable]: `github_${randomUUID()}`,
    // What an action gets and a `run:` step does not; a child that shows one of these values has leaked it.
    ACTIONS_RUNTIME_TOKEN: 'sentinel-runtime-token',
    ACTIONS_RUNTIME_URL: 'http://127.0.0.1:9/',
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'sentinel-id-token',
    ACTIONS_ID_TOKEN_REQUEST_URL: 'http://127.0.0.1:9/id',
    ACTIONS_ORCHESTRATION_ID: 'sentinel-orchestration',
  }
}

const fileCommands = ['OUTPUT', 'ENV', 'PATH', 'STATE', 'STEP_SUMMARY'] as const
export type FileCommand = (typeof fileCommands)[number]

/** Fresh, empty environment files of one step, by the variable that names them. */
export async function createFileCommands(temp: string): Promise<Readonly<Record<FileCommand, string>>> {
  const dir = path.join(temp, '_runner_file_commands')
  await fs.mkdir(dir, { recursive: true })
  const id = randomUUID()
  const made = await Promise.all(
    fileCommands.map(async (name) => {
      const file = path.join(dir, `${name.toLowerCase()}_${id}`)
      await fs.writeFile(file, '')
      return [name, file] as const
    }),
  )
  return Object.fromEntries(made) as Record<FileCommand, string>
}

/** `INPUT_` in upper case, spaces as underscores, hyphens as they are. */
export function inputVariables(inputs: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`, value]),
  )
}
