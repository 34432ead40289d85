import { ConfigurationError } from '../config/error.ts'
import { readReleaseConfig } from '../config/goreleaser.ts'
import { loadPolicy } from '../config/load-policy.ts'
import { selects, type Policy } from '../domain/policy.ts'
import { formatPort, formatTarget, type Port, type Target } from '../domain/port.ts'
import { inside } from '../modules/source-path.ts'
import type { Files } from '../system/types.ts'

/**
 * Compares what a policy names with the ports of the toolchain. A system or an architecture that it does not have at all
 * is a slip and throws a ConfigurationError; of lines about a port that only this Go lacks it returns notes.
 */
export function checkPolicyPorts(policy: Policy, ports: readonly Port[], goVersion: string): readonly string[] {
  const systems = new Set(ports.map((port) => port.goos))
  const architectures = new Set(ports.map((port) => port.goarch))
  const problems: string[] = []
  const notes: string[] = []
  for (const { selector, text, line } of [...policy.targets, ...policy.cpu]) {
    if (selector.kind !== 'ports') continue
    const { goos, goarch, level } = selector
    const at = `${policy.path}:${line}: "${text}"`
    const unknown = [
      ...(goos === undefined || systems.has(goos) ? [] : [`no system ${goos}`]),
      ...(goarch === undefined || architectures.has(goarch) ? [] : [`no architecture ${goarch}`]),
    ]
    if (unknown.length > 0)
      problems.push(`${at}: ${goVersion} has ${unknown.join(' and ')}; \`go tool dist list\` names its ports`)
    else if (!ports.some((port) => selects(selector, { ...port, ...(level === undefined ? {} : { level }) })))
      notes.push(`${at} has no effect: ${goVersion} has no such port.`)
  }
  if (problems.length > 0) throw new ConfigurationError(problems)
  return notes
}

/**
 * The policy at the base: an empty one when there was none, undefined with a note when it cannot be read. What is wrong
 * with it cannot be mended by the change at hand.
 */
export async function basePolicy(
  files: Files,
  root: string,
  named: string | undefined,
  head: Policy | undefined,
): Promise<{ readonly policy: Policy } | { readonly note: string }> {
  const empty: Policy = { path: head?.path ?? '.github/gopreflight.yml', targets: [], cpu: [] }
  try {
    if (named !== undefined && (await files.stat(`${root}/${named}`)) === undefined) return { policy: empty }
    return { policy: (await loadPolicy(files, root, named)) ?? empty }
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error
    return { note: `The policy of the base is not looked at: ${error.problems[0] ?? 'it is wrong'}.` }
  }
}

interface Released {
  /** With the levels that the configuration names, each once. */
  readonly targets: readonly Target[]
  readonly names: ReadonlySet<string>
  readonly path?: string
  readonly notes: readonly string[]
}

/** What a goreleaser configuration builds the modules of the run for, as targets and as ports, with what could not be understood. */
export async function releasedPorts(
  files: Files,
  root: string,
  modules: readonly string[],
  ports: readonly Port[],
): Promise<Released> {
  const configs = await Promise.all([...new Set(['.', ...modules])].map((dir) => readReleaseConfig(files, root, dir)))
  const known = new Set(ports.map(formatPort))
  const released = new Map<string, Target>()
  for (const { dir, targets, firstClass } of configs.flatMap((config) => config?.builds ?? [])) {
    // In a repository of several modules a configuration may build one that this run does not look at.
    if (!modules.some((module) => module === '.' || inside(`/${module}`, `/${dir}`) !== undefined)) continue
    const listed = [...targets, ...(firstClass ? ports.filter((port) => port.firstClass) : [])]
    // goreleaser leaves combinations out that Go does not have.
    for (const { goos, goarch, ...more } of listed) {
      const target = { goos, goarch, ...('level' in more ? { level: more.level } : {}) }
      if (known.has(formatPort(target))) released.set(formatTarget(target), target)
    }
  }
  const first = configs.find((config) => config !== undefined)
  return {
    targets: [...released.values()],
    names: new Set([...released.values()].map(formatPort)),
    ...(first === undefined ? {} : { path: first.path }),
    notes: configs.flatMap((config) => config?.notes ?? []),
  }
}
