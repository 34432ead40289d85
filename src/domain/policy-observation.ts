import type { Location } from './module.ts'
import type { Target } from './port.ts'

/** One line of the policy that allows more than it does at the base. */
export interface PolicyChange {
  /** The line in the checkout; absent when it is no longer there. */
  readonly at?: Location
  /** The left side of the line. */
  readonly text: string
  /** What held and what would hold, in the words of the file. */
  readonly before: string
  readonly after: string
  /** Names of the targets that it makes a difference for. */
  readonly targets: readonly string[]
}

/** How the policy of the checkout differs from that of the base. */
export interface PolicyObservation {
  readonly kind: 'policy'
  readonly probe: string
  readonly module?: string
  readonly target?: Target
  readonly path: string
  /** The commit that is compared with, shortened. */
  readonly base: string
  readonly loosened: readonly PolicyChange[]
}

/** Targets that build although a line of the policy expects something else. */
export interface ExpectationObservation {
  readonly kind: 'expectation'
  readonly probe: string
  readonly module?: string
  readonly target: Target
  readonly alsoOn?: readonly Target[]
  readonly expect: 'may-fail' | 'must-not-build'
  /** The left side of the line. */
  readonly text: string
  readonly reason: string
  /** Absent for a line that stands only at the base. */
  readonly at?: Location
  /** True when all of them were compiled and linked, not only type-checked. */
  readonly built: boolean
}

/** Targets that compile with cgo alone, and at the base compiled without it. */
export interface CgoNeededObservation {
  readonly kind: 'cgo-needed'
  readonly probe: string
  readonly module?: string
  readonly target: Target
  readonly alsoOn?: readonly Target[]
  readonly base: string
  /** What fails without cgo: packages with their first error. */
  readonly packages: readonly { readonly package: string; readonly message: string; readonly at?: Location }[]
}
