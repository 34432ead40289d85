import type { Finding } from '../../domain/finding.ts'
import type { Report, ReportTarget } from '../../domain/report.ts'
import { listed, plural } from './units.ts'

export const severityMarks = { error: '❌', warning: '⚠️', notice: 'ℹ️' } as const

/** `2 errors, 1 warning`; `nothing found`. */
export function countFindings(findings: readonly Finding[]): string {
  const count = { error: 0, warning: 0, notice: 0 }
  for (const finding of findings) count[finding.severity] += 1
  const parts = [
    count.error > 0 ? plural(count.error, 'error') : '',
    count.warning > 0 ? plural(count.warning, 'warning') : '',
    count.notice > 0 ? plural(count.notice, 'notice') : '',
  ].filter((part) => part !== '')
  return parts.length === 0 ? 'nothing found' : listed(parts)
}

/** `11 of 12 targets build, 1 skipped`; then the same for the type check. Empty when neither was asked for. */
export function countTargets(targets: readonly ReportTarget[]): string {
  return [countKind(targets, 'build', 'build'), countKind(targets, 'types', 'type-check')]
    .filter((p) => p !== '')
    .join(', ')
}

function countKind(targets: readonly ReportTarget[], key: 'build' | 'types', verb: string): string {
  const asked = targets.filter((target) => target[key] !== 'none')
  if (asked.length === 0) return ''
  const count = (outcome: string): number => asked.filter((target) => target[key] === outcome).length
  const [passed, skipped] = [count('pass'), count('skipped')]
  const many = asked.length !== 1
  const does = verb === 'build' ? (many ? 'build' : 'builds') : many ? 'type-check' : 'type-checks'
  return `${passed} of ${plural(asked.length, 'target')} ${does}${skipped > 0 ? `, ${skipped} skipped` : ''}`
}

/** The verdict in one sentence, without marks: `Failed: 1 error. 11 of 12 targets build.` */
export function verdictLine(report: Report): string {
  const word = report.verdict === 'pass' ? 'Passed' : 'Failed'
  const targets = countTargets(report.targets)
  return `${word}: ${countFindings(report.findings)}${targets === '' ? '' : `; ${targets}`}`
}

const sources: Readonly<Record<Report['toolchain']['source'], string>> = {
  'tool-cache': 'from the tool cache',
  path: 'already on PATH',
  download: 'downloaded',
  'module-proxy': 'downloaded from the module proxy',
  none: 'not installed',
}

const checks: Readonly<Record<string, string>> = {
  sha256: 'verified by its SHA-256',
  'checksum-database': 'verified against the checksum database',
}

/** Which Go, from where, verified how, and why this one: pieces of one sentence. */
export function toolchainParts(report: Report): readonly string[] {
  const { version, source, verified, reason } = report.toolchain
  return [
    version,
    sources[source],
    checks[verified] ?? verified,
    ...(reason === undefined ? [] : [`chosen by ${reason}`]),
  ].filter((part) => part !== '')
}
