/**
 * Names a child never sees: secrets and file commands that the runner gives to actions alone. With them a test or
 * generator of the module could write to the cache, ask for an OIDC token or set outputs, which a plain
 * `run: go test` never could (actions/runner NodeScriptActionHandler.cs, GitHubContext.cs).
 */
const hiddenPrefixes = ['ACTIONS_', 'INPUT_', 'STATE_']
const hiddenNames = new Set([
  'GITHUB_TOKEN',
  'GH_TOKEN',
  'GITHUB_ENV',
  'GITHUB_PATH',
  'GITHUB_OUTPUT',
  'GITHUB_STATE',
  'GITHUB_STEP_SUMMARY',
  'GITHUB_ARTIFACTS',
  'GITHUB_ARTIFACTS_LIST',
])

/**
 * The environment of a child: the run's own without the runner's secrets, with `extra` on top (undefined removes a
 * name). What builds need stays: PATH, HOME, GO*, CC, CGO_*, GIT_*, SSH_AUTH_SOCK, proxies, RUNNER_TRACKING_ID (by
 * which the runner finds orphans). Names are compared without case on Windows, where the system does so too.
 */
export function childEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  extra: Readonly<Record<string, string | undefined>> = {},
  platform = 'linux',
): Readonly<Record<string, string>> {
  const fold = (name: string): string => (platform === 'win32' ? name.toUpperCase() : name)
  const result = new Map<string, readonly [name: string, value: string]>()
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && !isHidden(name)) result.set(fold(name), [name, value])
  }
  for (const [name, value] of Object.entries(extra)) {
    if (value === undefined) result.delete(fold(name))
    else if (!isHidden(name)) result.set(fold(name), [name, value])
  }
  return Object.fromEntries(result.values())
}

function isHidden(name: string): boolean {
  const upper = name.toUpperCase()
  return hiddenNames.has(upper) || hiddenPrefixes.some((prefix) => upper.startsWith(prefix))
}
