import { createHash } from 'node:crypto'

import portsFail from '../diagnosis/rules/port/ports-fail.ts'
import { compareFindings, compareText, type Finding } from '../domain/finding.ts'
import { nameAndCountPorts } from '../domain/port-set.ts'
import { formatTarget, type Target } from '../domain/port.ts'
import { plural } from '../reporters/render/units.ts'

/** Which failures fail the run. */
export interface Gate {
  /** Whether this failure, on this target (its name), is one that the team has to know before merging. */
  readonly gates: (finding: Finding, target: string) => boolean
  /** Why it fails nothing there, as what follows the target's name: `may fail: no terminal`; the project does not name it when absent. */
  readonly excuse?: (finding: Finding, target: string) => string | undefined
  /** Why it does fail there, in the same form: `new since the base`; nothing to say when absent. */
  readonly remark?: (finding: Finding, target: string) => string | undefined
  /** Names of the targets that were built or type-checked, for short words such as `32-bit ports`. */
  readonly checked: readonly string[]
  readonly docsUrl: (rule: string) => string
}

const mostCauses = 30
const mostLocations = 20
const causeWords = 300

/** The rule without a base: the host, and what the targets input names. */
export function namedTargets(host: Target, planned: readonly { readonly target: Target }[]): ReadonlySet<string> {
  return new Set([host, ...planned.map((one) => one.target)].map(formatTarget))
}

/**
 * Lowers what fails only on targets that do not gate: all such findings become one notice of the rule `ports-fail`, which
 * lists them as its causes. Only errors are looked at, and only those that name targets; a finding that holds on one gating
 * target keeps its severity, with all its targets. Sorted worst and surest first.
 */
export function gateFindings(findings: readonly Finding[], gate: Gate): readonly Finding[] {
  const lowered = findings.filter(
    (finding) =>
      finding.severity === 'error' &&
      finding.targets.length > 0 &&
      !finding.targets.some((target) => gate.gates(finding, target)),
  )
  const left = findings.filter((finding) => !lowered.includes(finding)).map((finding) => withRemarks(finding, gate))
  if (lowered.length === 0) return left.sort(compareFindings)
  return [...left, foldedNotice(lowered, gate)].sort(compareFindings)
}

function foldedNotice(lowered: readonly Finding[], gate: Gate): Finding {
  // What holds on most ports first: that is what somebody would look at first.
  const causes = lowered
    .map((finding): Finding => ({ ...finding, severity: 'notice' }))
    .sort((a, b) => b.targets.length - a.targets.length || compareFindings(a, b))
  const targets = [...new Set(causes.flatMap((cause) => cause.targets))].sort(compareText)
  const shown = causes.slice(0, mostCauses)
  const more = causes.length - shown.length
  const first = causes[0]
  const head = `${nameAndCountPorts(targets, gate.checked)} ${targets.length === 1 ? 'does' : 'do'} not compile${causes.length === 1 ? '' : `, for ${plural(causes.length, 'reason')}`}; ${whyNot(lowered, gate)}`
  // The head names the ports of a single cause already.
  const portsOf = (cause: Finding): string =>
    causes.length === 1 ? '' : `${nameAndCountPorts(cause.targets, gate.checked)}: `
  const lines = shown.map((cause) => portsOf(cause) + clip(cause.message))
  return {
    rule: portsFail.id,
    severity: 'notice',
    confidence: 'certain',
    title: portsFail.title,
    message: [head, ...lines, ...(more > 0 ? [`and ${plural(more, 'more reason')}`] : [])].join('\n'),
    why: causes.length === 1 && first !== undefined ? first.why : portsFail.why,
    fix: causes.length === 1 && first !== undefined ? first.fix : { summary: portsFail.fix, verified: false },
    locations: causes.flatMap((cause) => cause.locations.slice(0, 1)).slice(0, mostLocations),
    targets,
    evidence: first?.evidence ?? { command: '', excerpt: '' },
    docs: gate.docsUrl(portsFail.id),
    fingerprint: createHash('sha256')
      .update([portsFail.id, ...causes.map((cause) => cause.fingerprint).sort(compareText)].join('\0'))
      .digest('hex')
      .slice(0, 16),
    causes,
  }
}

/** Why nothing fails: one sentence when it is the same for all, else one line for each reason. */
function whyNot(lowered: readonly Finding[], gate: Gate): string {
  const excuses = targetsBy(lowered, gate.excuse)
  const unnamed = `this project does not name ${excuses.get('')?.length === 1 ? 'it' : 'them'}`
  const [only] = excuses.size === 1 ? excuses.keys() : []
  if (only === '') return `${unnamed}, so nothing fails for it.`
  if (only !== undefined) return `nothing fails for it: ${only}.`
  const lines = [...excuses].map(([excuse, of]) => `${nameAndCountPorts(of, gate.checked)}: ${excuse || unnamed}.`)
  return ['nothing fails for it.', ...lines].join('\n')
}

/** A finding that fails the run says what the policy or the base has to do with it. */
function withRemarks(finding: Finding, gate: Gate): Finding {
  if (finding.severity !== 'error' || gate.remark === undefined) return finding
  const remarks = [...targetsBy([finding], gate.remark)]
  const [only] = remarks.length === 1 ? (remarks[0] ?? []) : []
  if (only === '' || remarks.length === 0) return finding
  const lines = remarks.flatMap(([remark, of]) =>
    remark === '' ? [] : [`${nameAndCountPorts(of, gate.checked)}: ${remark}.`],
  )
  const said = only === undefined ? lines : [`${only.charAt(0).toUpperCase()}${only.slice(1)}.`]
  return { ...finding, message: [finding.message, ...said].join('\n') }
}

/** The targets of findings by what is said of them, in order; what nothing is said of comes last, under the empty text. */
function targetsBy(findings: readonly Finding[], say: Gate['excuse']): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, Set<string>>()
  for (const finding of findings) {
    for (const target of finding.targets) {
      const text = say?.(finding, target) ?? ''
      found.set(text, (found.get(text) ?? new Set()).add(target))
    }
  }
  const entries = [...found].map(([text, targets]) => [text, [...targets].sort(compareText)] as const)
  return new Map(entries.sort((a, b) => Number(a[0] === '') - Number(b[0] === '')))
}

function clip(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > causeWords ? `${line.slice(0, causeWords - 1)}…` : line
}
