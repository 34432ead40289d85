import type { System } from '../../system/types.ts'

/** How long proving may take for a run, and how many candidates are tried at most. */
export interface ProofLimits {
  readonly seconds: number
  readonly tries: number
}

export interface ProofBudget {
  /** Takes one try; false when there is none left, the time is over or the run was cancelled. */
  readonly spend: () => boolean
  readonly spent: () => boolean
}

export function createBudget(system: Pick<System, 'clock' | 'signal'>, limits: ProofLimits): ProofBudget {
  const until = system.clock.seconds() + limits.seconds
  let tries = limits.tries
  const spent = (): boolean => tries === 0 || system.signal.aborted || system.clock.seconds() >= until
  return {
    spent,
    spend() {
      if (spent()) return false
      tries--
      return true
    },
  }
}
