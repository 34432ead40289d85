import type { ProcessResult, System } from '../system/types.ts'

/** How a git command is run. */
export interface GitOptions {
  readonly cwd: string
  readonly timeoutSeconds: number
  /** The repository; found from `cwd` when absent. */
  readonly gitDir?: string
  readonly workTree?: string
  /** Settings of this command alone, in order; they go through the environment, which other users cannot read. */
  readonly config?: readonly (readonly [name: string, value: string])[]
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Most bytes of stdout that are kept. */
  readonly keepBytes?: number
}

/**
 * Variables of a git that runs around us (a pre-commit hook has GIT_DIR and GIT_INDEX_FILE) or that somebody set to see
 * requests with their headers.
 */
const removed: readonly string[] = [
  'GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_OBJECT_DIRECTORY', 'GIT_ALTERNATE_OBJECT_DIRECTORIES', 'GIT_COMMON_DIR',
  'GIT_NAMESPACE', 'GIT_PREFIX', 'GIT_CONFIG', 'GIT_CONFIG_PARAMETERS', 'GIT_ATTR_SOURCE', 'GIT_SHALLOW_FILE', 'GIT_GRAFT_FILE',
  'GIT_REPLACE_REF_BASE', 'GIT_TEMPLATE_DIR', 'GIT_EXTERNAL_DIFF', 'GIT_TRACE', 'GIT_TRACE_CURL', 'GIT_TRACE_CURL_NO_DATA',
  'GIT_TRACE_PACKET', 'GIT_TRACE_SETUP', 'GIT_TRACE2', 'GIT_TRACE2_EVENT', 'GIT_CURL_VERBOSE', 'GIT_ASKPASS', 'SSH_ASKPASS',
] // prettier-ignore

/**
 * Settings of every command. Nothing that a repository or a user set up may run: no hooks, no file monitors, no credential
 * helpers. A checkout that belongs to somebody else is read all the same, as a container's often does.
 */
const always: readonly (readonly [string, string])[] = [
  ['safe.directory', '*'],
  ['core.hooksPath', '/dev/null'],
  ['core.fsmonitor', 'false'],
  ['core.askPass', ''],
  ['core.attributesFile', '/dev/null'],
  ['core.longPaths', 'true'],
  ['credential.helper', ''],
  ['gc.auto', '0'],
  ['maintenance.auto', 'false'],
  ['protocol.allow', 'never'],
  ['protocol.https.allow', 'always'],
  ['protocol.http.allow', 'always'],
  ['advice.detachedHead', 'false'],
]

/**
 * Runs git without asking anybody anything and without the user's own settings (an `insteadOf` or a filter of theirs would
 * make another thing of what we ask for); those of the machine, where certificates are, hold. Never throws.
 */
export function runGit(system: System, args: readonly string[], options: GitOptions): Promise<ProcessResult> {
  const config = [...always, ...(options.config ?? [])]
  const settings = config.flatMap(([name, value], index): readonly (readonly [string, string])[] => [
    [`GIT_CONFIG_KEY_${index}`, name],
    [`GIT_CONFIG_VALUE_${index}`, value],
  ])
  return system.processes.run({
    argv: [
      'git',
      ...(options.gitDir === undefined ? [] : [`--git-dir=${options.gitDir}`]),
      ...(options.workTree === undefined ? [] : [`--work-tree=${options.workTree}`]),
      '--no-replace-objects',
      ...args,
    ],
    cwd: options.cwd,
    timeoutSeconds: options.timeoutSeconds,
    ...(options.keepBytes === undefined ? {} : { keepBytes: options.keepBytes }),
    env: {
      ...Object.fromEntries(removed.map((name) => [name, undefined])),
      // Git knows this name on Windows too.
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_TERMINAL_PROMPT: '0',
      GCM_INTERACTIVE: 'never',
      GIT_OPTIONAL_LOCKS: '0',
      GIT_NO_LAZY_FETCH: '1',
      GIT_LFS_SKIP_SMUDGE: '1',
      LC_ALL: 'C',
      ...Object.fromEntries(settings),
      GIT_CONFIG_COUNT: String(config.length),
      ...options.env,
    },
  })
}

/** How a failed command ended, in one line. */
export function gitFailure(result: ProcessResult): string {
  if (result.spawnError === 'ENOENT') return 'git is not installed'
  if (result.spawnError !== undefined) return `git could not be started: ${result.spawnError}`
  if (result.timedOut) return `git did not end within ${Math.round(result.seconds)} s`
  if (result.cancelled) return 'cancelled'
  const lines = result.stderr.text.split('\n').filter((line) => line.trim() !== '')
  const said = lines.find((line) => /^(?:fatal|error|remote: (?:error|fatal)):/i.test(line)) ?? lines.at(-1)
  return (said ?? `git ended with code ${result.exitCode ?? 'unknown'}`)
    .replace(/^(?:fatal|error): /i, '')
    .slice(0, 300)
}
