import { successorsOf, type Successor } from '../../diagnosis/data/successors.ts'
import type { ModuleVersion } from '../../domain/module.ts'
import { parseJsonStream } from '../../go/json-stream.ts'
import { failureText } from '../../go/list.ts'
import type { Go } from '../../go/go.ts'
import { compareSemver, isPseudoVersion, majorOf, prereleaseOf } from '../../modules/semver.ts'

/** One change of the requirements that may make a dependency compile. */
export type Candidate =
  | {
      /** Another version of the dependency, or of the requirement that brings it in. */
      readonly kind: 'version'
      readonly module: ModuleVersion
    }
  | {
      /** Another module in its place: by new import paths in the team's own code, or for others' code by a replace line. */
      readonly kind: 'successor' | 'replace'
      readonly old: string
      readonly module: ModuleVersion
      readonly source: string
    }

export interface Culprit extends ModuleVersion {
  /** The team's own code imports it. */
  readonly direct: boolean
  /** The requirement in go.mod that brings it in, when it is not one itself. */
  readonly broughtBy?: ModuleVersion
}

export interface Candidates {
  readonly candidates: readonly Candidate[]
  /** What could not be looked up, in a sentence. */
  readonly problem?: string
}

/**
 * What may help a dependency, the smallest step first: the newest version with the same minor, with the same major, and at
 * all; known successors; then a newer version of what brings it in. `go` is bound to the scratch copy, for the go command
 * knows where private modules come from.
 */
export async function candidatesFor(
  culprit: Culprit,
  go: Go,
  successors: (modulePath: string) => readonly Successor[] = successorsOf,
): Promise<Candidates> {
  const own = await newerVersions(go, culprit)
  const next: Candidate[] = []
  for (const { path, source } of successors(culprit.path)) {
    const version = await newestOf(go, path)
    if (version === undefined) continue
    const module = { path, version }
    next.push({ kind: culprit.direct ? 'successor' : 'replace', old: culprit.path, module, source })
  }
  const above = culprit.broughtBy === undefined ? undefined : await newerVersions(go, culprit.broughtBy)
  const versions = [...own.versions, ...(above?.versions ?? [])].map((module): Candidate => ({
    kind: 'version',
    module,
  }))
  const mine = own.versions.length
  return {
    candidates: [...versions.slice(0, mine), ...next, ...versions.slice(mine)],
    ...(own.problem === undefined ? {} : { problem: own.problem }),
  }
}

/** Up to three versions above one: the newest patch, the newest of the major version, the newest at all. */
export function newerOf(current: string, known: readonly string[], latest: string | undefined): readonly string[] {
  const newer = (version: string): boolean => compareSemver(version, current) > 0
  const releases = known.filter((version) => prereleaseOf(version) === '' && newer(version)).sort(compareSemver)
  const minor = /^v\d+\.\d+\./.exec(current)?.[0] ?? ''
  const found = [
    isPseudoVersion(current) ? undefined : releases.findLast((version) => version.startsWith(minor)),
    releases.findLast((version) => majorOf(version) === majorOf(current)),
    releases.at(-1),
    // Without any tag, and where it was never retracted: what the proxy holds for the newest.
    latest !== undefined && newer(latest) ? latest : undefined,
  ]
  return [...new Set(found.filter((version) => version !== undefined))]
}

async function newerVersions(
  go: Go,
  { path, version }: ModuleVersion,
): Promise<{ readonly versions: readonly ModuleVersion[]; readonly problem?: string }> {
  const listed = await ask(go, ['-versions', path])
  if ('problem' in listed)
    return { versions: [], problem: `the versions of ${path} could not be listed: ${listed.problem}` }
  const latest = await newestOf(go, path)
  const versions = newerOf(version, strings(listed.answer.Versions), latest)
  return { versions: versions.map((one) => ({ path, version: one })) }
}

async function newestOf(go: Go, path: string): Promise<string | undefined> {
  const found = await ask(go, [`${path}@latest`])
  const version = 'answer' in found ? found.answer.Version : undefined
  return typeof version === 'string' ? version : undefined
}

async function ask(
  go: Go,
  words: readonly string[],
): Promise<{ readonly answer: Readonly<Record<string, unknown>> } | { readonly problem: string }> {
  const run = await go.run(['list', '-m', '-json', ...words], { timeoutSeconds: lookUpSeconds })
  if (!run.ok) return { problem: failureText(run).split('\n').at(-1) ?? '' }
  const [answer] = parseJsonStream(run.result.stdout.text)
  return typeof answer === 'object' && answer !== null
    ? { answer: answer as Readonly<Record<string, unknown>> }
    : { problem: 'the go command said nothing' }
}

const lookUpSeconds = 30

function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []
}
