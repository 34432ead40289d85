import { atLeast, type Finding, type Severity } from '../domain/finding.ts'
import type { Verdict } from '../domain/report.ts'

/** Fails when a finding is at least as bad as the threshold; with `never` nothing fails. */
export function judge(findings: readonly Finding[], failOn: Severity | 'never'): Verdict {
  return failOn !== 'never' && findings.some((finding) => atLeast(finding.severity, failOn)) ? 'fail' : 'pass'
}

/** How many findings there are of each severity. */
export function countFindings(findings: readonly Finding[]): Readonly<Record<Severity, number>> {
  const count = (severity: Severity): number => findings.filter((finding) => finding.severity === severity).length
  return { error: count('error'), warning: count('warning'), notice: count('notice') }
}
