import type { Severity } from '../domain/finding.ts'
import type { TargetSelector } from './targets.ts'

export type ProofSubject = 'ports'
export type CacheMode = 'true' | 'false' | 'restore' | 'modules'

/** Everything a user can set, read and checked: the only form in which inputs and flags reach the rest of the product. */
export interface Settings {
  readonly go: {
    readonly version?: string
    readonly versionFile?: string
    readonly checkLatest: boolean
    readonly architecture?: string
    readonly downloadBaseUrl?: string
    readonly gotoolchain: string
  }
  readonly token: string
  readonly cache: CacheMode
  readonly cacheDependencyPath: readonly string[]
  /** Directories and globs relative to the repository root; empty: every module found. */
  readonly workingDirectories: readonly string[]
  readonly packages: readonly string[]
  readonly targets: readonly TargetSelector[]
  /** Names of the probes to run, in no order; empty for `none`. */
  readonly probes: ReadonlySet<string>
  readonly disabledRules: ReadonlySet<string>
  /** CGO_ENABLED for every target; absent: what the go command decides. */
  readonly cgo?: boolean
  readonly tags: readonly string[]
  readonly ldflags?: string
  readonly trimpath: boolean
  /** What to compare with: a commit, branch or tag, or `none`; absent: what the event says. */
  readonly base?: string
  /** Path of the policy file relative to the repository root; absent: the default one, when it is there. */
  readonly policyFile?: string
  /** What to prove fixes for; empty for nothing. */
  readonly prove: ReadonlySet<ProofSubject>
  readonly failOn: Severity | 'never'
  readonly summary: 'always' | 'on-failure' | 'never'
  readonly annotations: boolean
  readonly reportFile?: string
  readonly timeoutSeconds: number
  /** Index of this leg in a job matrix; cross-target work happens on leg 0. */
  readonly leg: number
  /** What the user should know about the values, one sentence each; nothing that stops the run. */
  readonly warnings: readonly string[]
}
