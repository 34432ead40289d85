import { compareText } from '../domain/finding.ts'
import { isAboveLevel } from '../domain/levels.ts'
import {
  declaredCpu,
  expectationFor,
  policyTargets,
  type Expectation,
  type Policy,
  type PolicyTarget,
  type Selectable,
} from '../domain/policy.ts'
import type { ExpectationObservation, PolicyChange } from '../domain/policy-observation.ts'
import { formatTarget, levelVariables, type Port } from '../domain/port.ts'
import type { ReportTarget } from '../domain/report.ts'

/** The policies that hold: that of the checkout, and that of the base where there is one. */
export interface Policies {
  readonly head: Policy
  readonly base?: Policy
}

/** What the policies make of a failure; undefined when they say nothing. */
export type Allowance =
  | { readonly kind: 'must-build'; readonly line: PolicyTarget }
  | { readonly kind: 'allowed'; readonly line: PolicyTarget; readonly reason: string }

/**
 * What holds for a target that fails. A line that demands it holds from whichever of the policies; one that allows it must
 * stand in both, so that a pull request cannot allow itself something.
 * @param today `2027-03-31`, in UTC
 */
export function allowanceFor(policies: Policies, target: Selectable, today: string): Allowance | undefined {
  const lines = both(policies).map((policy) => expectationFor(policy, target))
  const demanding = lines.find((line) => line !== undefined && mustBuild(line.expectation, today))
  if (demanding !== undefined) return { kind: 'must-build', line: demanding }
  const [line] = lines
  if (line === undefined || lines.includes(undefined)) return undefined
  return line.expectation.expect === 'must-build'
    ? undefined
    : { kind: 'allowed', line, reason: line.expectation.reason }
}

/** An exception that has run out is none any longer. */
function mustBuild(expectation: Expectation, today: string): boolean {
  if (expectation.expect === 'must-build') return true
  return expectation.expect === 'may-fail' && expectation.until !== undefined && expectation.until < today
}

/** Targets that build although a line says that they may fail, or must not build: one observation for each line. */
export function surprises(
  policies: Policies,
  rows: readonly ReportTarget[],
  firstClass: (row: ReportTarget) => boolean,
): readonly ExpectationObservation[] {
  const found = new Map<string, { line: PolicyTarget; path: string; inHead: boolean; rows: ReportTarget[] }>()
  for (const target of builtTargets(rows)) {
    const [first] = target
    if (first === undefined) continue
    const selectable = selectableOf(first, firstClass)
    // A ban holds from either policy; a line that can go is one of the file that somebody can edit.
    const lines = both(policies).map((policy) => ({ policy, line: expectationFor(policy, selectable) }))
    const banned = lines.find(({ line }) => line?.expectation.expect === 'must-not-build')
    const chosen =
      banned ?? lines.find(({ policy, line }) => policy === policies.head && line?.expectation.expect === 'may-fail')
    if (chosen?.line === undefined) continue
    const inHead = chosen.policy === policies.head
    const key = `${String(inHead)} ${chosen.line.line}`
    const entry = found.get(key) ?? { line: chosen.line, path: chosen.policy.path, inHead, rows: [] }
    entry.rows.push(target.find((row) => row.build !== 'pass') ?? first)
    found.set(key, entry)
  }
  return [...found.values()].flatMap(({ line, path, inHead, rows: own }): ExpectationObservation[] => {
    const { expectation, text } = line
    const [target, ...alsoOn] = own.map((row) => targetOf(row))
    if (expectation.expect === 'must-build' || target === undefined) return []
    return [
      {
        kind: 'expectation',
        probe: 'policy',
        target,
        ...(alsoOn.length === 0 ? {} : { alsoOn }),
        expect: expectation.expect,
        text,
        reason: expectation.reason,
        ...(inHead ? { at: { file: path, line: line.line } } : {}),
        built: own.every((row) => row.build === 'pass'),
      },
    ]
  })
}

/** The rows of each target that some module builds, or at least type-checks, and where nothing failed or broke. */
function builtTargets(rows: readonly ReportTarget[]): readonly (readonly ReportTarget[])[] {
  const byTarget = new Map<string, ReportTarget[]>()
  for (const row of rows) byTarget.set(row.target, [...(byTarget.get(row.target) ?? []), row])
  const outcomes = (row: ReportTarget): readonly string[] => [row.build, row.types]
  return [...byTarget.values()].filter(
    (own) =>
      // A module that has no package for the target, or was not looked at, says nothing of it.
      own.every((row) => !outcomes(row).some((outcome) => outcome === 'fail' || outcome === 'error')) &&
      own.some((row) => outcomes(row).includes('pass')),
  )
}

/** One sentence for each line that demands targets which nobody could look at, with the reason of the first. */
export function unverified(policy: Policy, rows: readonly ReportTarget[], ports: readonly Port[]): readonly string[] {
  const byTarget = new Map<string, ReportTarget[]>()
  for (const row of rows) byTarget.set(row.target, [...(byTarget.get(row.target) ?? []), row])
  const notes = new Map<PolicyTarget, { readonly names: string[]; readonly reason: string }>()
  for (const target of policyTargets([policy], ports)) {
    const line = expectationFor(policy, target)
    const own = byTarget.get(formatTarget(target)) ?? []
    const seen = own.some((row) => [row.build, row.types].some((outcome) => outcome === 'pass' || outcome === 'fail'))
    if (line?.expectation.expect !== 'must-build' || seen) continue
    const note = notes.get(line) ?? { names: [], reason: own[0]?.reason ?? 'no probe looked at it' }
    note.names.push(formatTarget(target))
    notes.set(line, note)
  }
  return [...notes].map(([line, { names, reason }]) => {
    const more = names.length > 3 ? ` and ${names.length - 3} more` : ''
    return `${names.slice(0, 3).join(', ')}${more} must build by ${policy.path}, line ${line.line}, and nobody knows: ${reason.replace(/\.$/, '')}.`
  })
}

export function selectableOf(row: ReportTarget, firstClass: (row: ReportTarget) => boolean): Selectable {
  return { ...targetOf(row), firstClass: firstClass(row) }
}

export function targetOf(row: Pick<ReportTarget, 'port' | 'level'>): { goos: string; goarch: string; level?: string } {
  const [goos = '', goarch = ''] = row.port.split('/')
  return { goos, goarch, ...(row.level === undefined ? {} : { level: row.level }) }
}

/** The lines of the policy of the checkout that allow more than that of the base, with the targets that they are about. */
export function loosenings(base: Policy, head: Policy, ports: readonly Port[]): readonly PolicyChange[] {
  const changes = new Map<
    string,
    { change: Omit<PolicyChange, 'before' | 'targets'>; before: Set<string>; targets: string[] }
  >()
  const add = ({ before, ...change }: Omit<PolicyChange, 'targets'>, target: string): void => {
    const key = JSON.stringify(change)
    const known = changes.get(key) ?? { change, before: new Set(), targets: [] }
    known.before.add(before)
    known.targets.push(target)
    changes.set(key, known)
  }
  for (const target of policyTargets([base, head], ports)) {
    const [was, is] = [expectationFor(base, target), expectationFor(head, target)]
    if (allowsMore(was?.expectation, is?.expectation)) {
      const before = was === undefined ? 'nothing was expected' : describe(was.expectation)
      add(
        {
          ...(is === undefined ? {} : { at: { file: head.path, line: is.line } }),
          text: (is ?? was)?.text ?? '',
          before,
          after: is === undefined ? 'nothing is expected' : describe(is.expectation),
        },
        formatTarget(target),
      )
    }
    const [cpuWas, cpuIs] = [declaredCpu(base, target), declaredCpu(head, target)]
    const variable = levelVariables[target.goarch] ?? ''
    if (cpuWas !== undefined && (cpuIs === undefined || isAboveLevel(variable, cpuIs.level, cpuWas.level))) {
      add(
        {
          ...(cpuIs === undefined ? {} : { at: { file: head.path, line: cpuIs.line } }),
          text: `deploy.cpu ${(cpuIs ?? cpuWas).text}`,
          before: cpuWas.level,
          after: cpuIs?.level ?? 'no level is declared',
        },
        formatTarget(target),
      )
    }
  }
  return [...changes.values()]
    .map(({ change, before, targets }) => ({
      ...change,
      before: [...before].sort(compareText).join(' or '),
      targets: [...targets].sort(compareText),
    }))
    .sort((a, b) => (a.at?.line ?? 0) - (b.at?.line ?? 0) || compareText(a.text, b.text))
}

function allowsMore(was: Expectation | undefined, is: Expectation | undefined): boolean {
  if (is?.expect === 'must-build' || (was === undefined && is === undefined)) return false
  if (was === undefined || was.expect === 'must-build') return true
  if (was.expect === 'must-not-build') return is?.expect !== 'must-not-build'
  // It might fail before: a later day allows more, a ban or no line at all does not.
  return is?.expect === 'may-fail' && (is.until ?? '9999') > (was.until ?? '9999')
}

function describe(expectation: Expectation): string {
  if (expectation.expect === 'must-build') return 'must-build'
  const until =
    expectation.expect === 'may-fail' && expectation.until !== undefined ? ` until ${expectation.until}` : ''
  return `${expectation.expect}${until}`
}

function both({ head, base }: Policies): readonly Policy[] {
  return base === undefined ? [head] : [head, base]
}
