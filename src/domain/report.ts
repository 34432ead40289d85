import type { Finding } from './finding.ts'
import type { Location } from './module.ts'
import type { CgoReason, Resolver, UserDatabase } from './name-services.ts'
import type { GraphModule } from './observation.ts'

export type Outcome = 'pass' | 'fail' | 'skipped' | 'error'
export type Verdict = 'pass' | 'fail'
/** File name of the probe in src/probes; a string, so that a new probe is one new file. */
export type ProbeName = string

/** Which Go a run used, from where, and how that was verified. */
export interface ReportToolchain {
  /** `go1.26.8`. */
  readonly version: string
  readonly source: 'tool-cache' | 'path' | 'download' | 'module-proxy' | 'none'
  /** `sha256`, `checksum-database`, or why it needed no check (`not downloaded`). */
  readonly verified: string
  readonly goroot?: string
  /** Why this version: the input, the file and line, or the Go on PATH. */
  readonly reason?: string
}

export interface ReportModule {
  /** Directory relative to the repository root, `.` for the root. */
  readonly dir: string
  readonly path: string
  readonly goVersion?: string
  readonly toolchain?: string
  /** Directory of the go.work it is built in. */
  readonly workspace?: string
  readonly graph?: {
    readonly modules: readonly GraphModule[]
    readonly edges: readonly (readonly [from: string, to: string])[]
  }
}

export interface ReportProbe {
  readonly probe: ProbeName
  /** Module directory. */
  readonly module: string
  readonly outcome: Outcome
  readonly reason?: string
  readonly seconds: number
}

export interface TargetError {
  readonly package: string
  readonly file: string
  readonly line: number
  readonly column?: number
  readonly message: string
  readonly by: 'build' | 'types'
}

export interface ReportTarget {
  readonly module: string
  /** `linux/arm/6`. */
  readonly target: string
  readonly port: string
  readonly level?: string
  readonly cgo: boolean
  /** Why cgo is on or off; absent when nobody looked. */
  readonly cgoReason?: CgoReason
  readonly build: Outcome | 'none'
  readonly types: Outcome | 'none'
  readonly reason?: string
  readonly seconds: number
  readonly bytes?: number
  readonly linkage?: 'static' | 'dynamic' | 'unknown'
  /** Who looks up host names; absent when no program links net. Confirmed: a built program shows it. */
  readonly resolver?: { readonly kind: Resolver; readonly confirmed: boolean }
  /** Who knows the users; absent when no program links os/user. */
  readonly users?: { readonly kind: UserDatabase; readonly confirmed: boolean }
  readonly errors: readonly TargetError[]
  readonly truncated?: true
}

/** Everything one run learned; plain data, the only thing reporters see (schema/report.schema.json). */
export interface Report {
  readonly schemaVersion: 1
  readonly gopreflight: string
  readonly verdict: Verdict
  /** Set when the run was cancelled: what is here is true, and it is not all. */
  readonly partial?: true
  readonly toolchain: ReportToolchain
  readonly modules: readonly ReportModule[]
  readonly probes: readonly ReportProbe[]
  readonly targets: readonly ReportTarget[]
  readonly findings: readonly Finding[]
  readonly seconds: number
  /** What a budget left out, one sentence each. */
  readonly notes: readonly string[]
}

/** What `diagnose` says of one log. */
export interface DiagnosisReport {
  readonly findings: readonly Finding[]
  readonly unexplained: readonly Unexplained[]
}

/** Lines that matter and that no rule explains. */
export interface Unexplained {
  readonly excerpt: string
  readonly location?: Location
}
