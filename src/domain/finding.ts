import type { Location } from './module.ts'

export type Severity = 'error' | 'warning' | 'notice'
export type Confidence = 'certain' | 'likely' | 'guess'

/** What to do. `verified` only when it was applied to a scratch copy and the probe then passed. */
export interface Fix {
  readonly summary: string
  readonly commands?: readonly string[]
  /** A unified diff against the repository root. */
  readonly diff?: string
  readonly verified: boolean
}

/** The command and the lines of its output that show the finding. */
export interface Evidence {
  readonly command: string
  readonly excerpt: string
}

/** One cause, on every target it holds on. The shape of `findings[]` in the JSON report (schema/report.schema.json). */
export interface Finding {
  readonly rule: string
  readonly severity: Severity
  readonly confidence: Confidence
  readonly title: string
  readonly message: string
  readonly why: string
  readonly fix: Fix
  readonly locations: readonly Location[]
  readonly module?: string
  readonly version?: string
  readonly package?: string
  readonly targets: readonly string[]
  readonly evidence: Evidence
  /** Address of the rule's page. */
  readonly docs: string
  /** Stable over runs and over moved lines: the same cause has the same fingerprint. */
  readonly fingerprint: string
  /** What was folded into this one, in full; only the rule `ports-fail` has any. */
  readonly causes?: readonly Finding[]
}

const severityRank: Readonly<Record<Severity, number>> = { error: 0, warning: 1, notice: 2 }
const confidenceRank: Readonly<Record<Confidence, number>> = { certain: 0, likely: 1, guess: 2 }

/** Orders findings worst and surest first; ties by rule, file and line, so that equal reports read equally. */
export function compareFindings(a: Finding, b: Finding): number {
  return (
    severityRank[a.severity] - severityRank[b.severity] ||
    confidenceRank[a.confidence] - confidenceRank[b.confidence] ||
    compareText(a.rule, b.rule) ||
    compareText(a.locations[0]?.file ?? '', b.locations[0]?.file ?? '') ||
    (a.locations[0]?.line ?? 0) - (b.locations[0]?.line ?? 0) ||
    compareText(a.message, b.message)
  )
}

/** True when `severity` is at least as bad as `threshold`. */
export function atLeast(severity: Severity, threshold: Severity): boolean {
  return severityRank[severity] <= severityRank[threshold]
}

/** Code-unit order: the same on every machine, unlike localeCompare. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
