import type { Confidence, Severity } from '../domain/finding.ts'
import type { Target } from '../domain/port.ts'
import type { Diagnosis, Rule } from '../domain/rule.ts'

/** A diagnosis with what the engine knows of it: whose it is, where it was seen. */
export interface Judged {
  readonly rule: Rule
  readonly diagnosis: Diagnosis
  readonly command: string
  readonly excerpt: string
  readonly target?: Target
  /** Further targets that it holds on as well. */
  readonly alsoOn?: readonly Target[]
  /** Directory of the module it was seen in. */
  readonly module?: string
}

/** Every target that a diagnosis holds on. */
export function targetsOf({ target, alsoOn = [] }: Judged): readonly Target[] {
  return target === undefined ? alsoOn : [target, ...alsoOn]
}

const severities: Readonly<Record<Severity, number>> = { error: 0, warning: 1, notice: 2 }
const confidences: Readonly<Record<Confidence, number>> = { certain: 0, likely: 1, guess: 2 }

export function compareSeverity(a: Severity, b: Severity): number {
  return severities[a] - severities[b]
}

export function compareConfidence(a: Confidence, b: Confidence): number {
  return confidences[a] - confidences[b]
}

/** The same diagnosis, at most a warning, with the reason in its message. */
export function capped(judged: Judged, reason: string): Judged {
  if (judged.diagnosis.severity !== 'error') return judged
  const { diagnosis } = judged
  return { ...judged, diagnosis: { ...diagnosis, severity: 'warning', message: `${diagnosis.message} ${reason}` } }
}
