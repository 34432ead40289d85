import type { ModuleVersion } from './module.ts'

/** Something a file says that its grammar does not allow. The file goes on being read after it. */
export interface ParseProblem {
  readonly line: number
  readonly message: string
}

export interface RequireLine extends ModuleVersion {
  readonly line: number
  readonly indirect: boolean
}

export interface ReplaceLine {
  readonly line: number
  readonly old: { readonly path: string; readonly version?: string }
  /** `version` is absent for a directory. */
  readonly replacement: { readonly path: string; readonly version?: string }
}

export interface ExcludeLine extends ModuleVersion {
  readonly line: number
}

export interface RetractLine {
  readonly line: number
  readonly low: string
  readonly high: string
  readonly rationale: string
}

/** A directive with one value, and the line it stands on. */
export interface ValueLine {
  readonly line: number
  readonly value: string
}

/** go.mod, with the line of everything (https://go.dev/ref/mod#go-mod-file). */
export interface GoModFile {
  readonly module?: ValueLine & { readonly deprecated?: string }
  readonly go?: ValueLine
  readonly toolchain?: ValueLine
  readonly godebug: readonly ValueLine[]
  readonly require: readonly RequireLine[]
  readonly exclude: readonly ExcludeLine[]
  readonly replace: readonly ReplaceLine[]
  readonly retract: readonly RetractLine[]
  readonly tool: readonly ValueLine[]
  readonly ignore: readonly ValueLine[]
  readonly problems: readonly ParseProblem[]
}

/** go.work, with the line of everything (https://go.dev/ref/mod#go-work-file). */
export interface GoWorkFile {
  readonly go?: ValueLine
  readonly toolchain?: ValueLine
  readonly godebug: readonly ValueLine[]
  readonly use: readonly ValueLine[]
  readonly replace: readonly ReplaceLine[]
  readonly problems: readonly ParseProblem[]
}

export interface GoSumLine extends ModuleVersion {
  readonly line: number
  /** `mod` for the hash of go.mod alone (`v1.2.3/go.mod`), `zip` for that of the whole module. */
  readonly file: 'zip' | 'mod'
  readonly hash: string
}

export interface GoSumFile {
  readonly lines: readonly GoSumLine[]
  readonly problems: readonly ParseProblem[]
}

export interface VendorModule {
  readonly line: number
  readonly path: string
  readonly version?: string
  readonly replacement?: { readonly path: string; readonly version?: string }
  readonly explicit: boolean
  readonly goVersion?: string
  readonly packages: readonly string[]
}

/** vendor/modules.txt (cmd/go/internal/modcmd/vendor.go). */
export interface VendorModulesFile {
  readonly workspace: boolean
  readonly modules: readonly VendorModule[]
  readonly problems: readonly ParseProblem[]
}
