import { formatPort, type Port, type Target } from './port.ts'

/** Which targets a line of the policy is about. */
export type PolicySelector =
  | { readonly kind: 'all' }
  | { readonly kind: 'first-class' }
  /** A member that is absent stands for any: `windows/*`, `*\/arm64`. */
  | { readonly kind: 'ports'; readonly goos?: string; readonly goarch?: string; readonly level?: string }

/** What a team expects of a target. */
export type Expectation =
  | { readonly expect: 'must-build' }
  /** `until`: the last day on which it may fail, `2027-03-31` in UTC. */
  | { readonly expect: 'may-fail'; readonly reason: string; readonly until?: string }
  | { readonly expect: 'must-not-build'; readonly reason: string }

/** A line of the policy, with where it stands. */
interface PolicyLine {
  readonly selector: PolicySelector
  /** The selector as it is written. */
  readonly text: string
  readonly line: number
}

export interface PolicyTarget extends PolicyLine {
  readonly expectation: Expectation
}

/** The processors that the programs are deployed to: the level that all of them have. */
export interface PolicyCpu extends PolicyLine {
  /** The value of the architecture's level variable, `v2` for GOAMD64. */
  readonly level: string
}

/** What the team allows (`.github/gopreflight.yml`). */
export interface Policy {
  /** The file, relative to the repository root with `/`. */
  readonly path: string
  readonly targets: readonly PolicyTarget[]
  readonly cpu: readonly PolicyCpu[]
}

/** A target with what a selector may ask of it. */
export interface Selectable extends Target {
  readonly firstClass: boolean
}

/** The line that decides for a target: the most exact one, of equally exact ones the one further down. */
export function expectationFor(policy: Policy, target: Selectable): PolicyTarget | undefined {
  return mostExact(policy.targets, target)
}

/** The processors that a target's programs are deployed to; undefined when the policy does not say. */
export function declaredCpu(policy: Policy, target: Selectable): PolicyCpu | undefined {
  return mostExact(policy.cpu, target)
}

export function selects(selector: PolicySelector, target: Selectable): boolean {
  if (selector.kind === 'all') return true
  if (selector.kind === 'first-class') return target.firstClass
  const { goos = target.goos, goarch = target.goarch, level = target.level } = selector
  return goos === target.goos && goarch === target.goarch && level === target.level
}

/** Every target that lines of a policy can tell apart on a toolchain: its ports, and the levels that lines name. */
export function policyTargets(policies: readonly Policy[], ports: readonly Port[]): readonly Selectable[] {
  const targets = new Map<string, Selectable>()
  for (const port of ports) {
    const { goos, goarch, firstClass } = port
    targets.set(formatPort(port), { goos, goarch, firstClass })
    for (const { selector } of policies.flatMap((policy) => policy.targets)) {
      if (selector.kind !== 'ports' || selector.level === undefined) continue
      const target = { goos, goarch, firstClass, level: selector.level }
      if (selects(selector, target)) targets.set(`${formatPort(port)}/${selector.level}`, target)
    }
  }
  return [...targets.values()]
}

function mostExact<T extends PolicyLine>(lines: readonly T[], target: Selectable): T | undefined {
  let best: T | undefined
  for (const line of lines) {
    if (!selects(line.selector, target)) continue
    if (best === undefined || exactness(line.selector) >= exactness(best.selector)) best = line
  }
  return best
}

function exactness(selector: PolicySelector): number {
  if (selector.kind === 'all') return 0
  if (selector.kind === 'first-class') return 1
  const { goos, goarch, level } = selector
  return 1 + [goos, goarch, level].filter((part) => part !== undefined).length
}
