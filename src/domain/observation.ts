import type { GoModFile, GoSumFile, GoSumLine, GoWorkFile, VendorModulesFile } from './go-files.ts'
import type { Message } from './message.ts'
import type { ModuleVersion } from './module.ts'
import type { CgoReason, NameServices } from './name-services.ts'
import type {
  FileNamesObservation,
  LevelsObservation,
  PlatformToolsObservation,
  PortUsesObservation,
  TagsObservation,
} from './platform-observation.ts'
import type { CgoNeededObservation, ExpectationObservation, PolicyObservation } from './policy-observation.ts'
import type { Target } from './port.ts'

/** What every observation says of itself. */
interface Observed {
  /** The probe that saw it; `diagnose` for a pasted log. */
  readonly probe: string
  /** Directory of the module or workspace, relative to the repository root with `/`; `.` for the root, absent for a log. */
  readonly module?: string
  readonly target?: Target
}

/** A command that was run, with what it said. Rules see those that failed and those that warned. */
export interface CommandObservation extends Observed {
  readonly kind: 'command'
  /**
   * Further targets that say the same: rules look at `target` for all of them. A probe may join only targets for which the
   * causes are the same too (one system, one cgo mode).
   */
  readonly alsoOn?: readonly Target[]
  /** As a person would type it, the variables of the target first: `GOOS=linux go build ./...`. */
  readonly command: string
  /** null: killed by a signal, timed out, or (for a log) not known. */
  readonly exitCode: number | null
  readonly failed: boolean
  readonly timedOut: boolean
  readonly messages: readonly Message[]
  /** Errors that it printed beyond those in `messages`; absent for none. */
  readonly omitted?: number
  /** The last lines of its output, at most 20, each bounded. */
  readonly tail: readonly string[]
  /** How many lines it printed to its last one that is not empty; absent when nobody counted. */
  readonly lines?: number
  /** True when the command is only a look-up that the build does not need (retractions, tidiness): its failure is never an error. */
  readonly advisory: boolean
  /** True when it compiles test files alone, which a build leaves out. */
  readonly tests?: true
}

/** The module's own files, parsed. Absent members: the file is not there. */
export interface ModuleFilesObservation extends Observed {
  readonly kind: 'module-files'
  readonly goModPath: string
  readonly goMod?: GoModFile
  readonly goSumPath: string
  readonly goSum?: GoSumFile
  readonly goWorkPath?: string
  readonly goWork?: GoWorkFile
  readonly vendorPath?: string
  readonly vendor?: VendorModulesFile
  readonly usesVendor: boolean
}

/** What `go mod tidy` would change. */
export interface TidyObservation extends Observed {
  readonly kind: 'tidy'
  /** Unified diff of go.mod and go.sum, empty when tidy. */
  readonly diff: string
}

/** A downloaded module whose hash in the module cache is not the one in go.sum. */
export interface SumMismatch extends ModuleVersion {
  readonly file: 'zip' | 'mod'
  readonly goSumPath: string
  readonly goSum: GoSumLine
  readonly cached: string
}

/** What could and could not be checked against go.sum. */
export interface SumsObservation extends Observed {
  readonly kind: 'sums'
  readonly checked: number
  readonly mismatches: readonly SumMismatch[]
  /** Needed by the build, not in the module cache, so not checked. */
  readonly notDownloaded: readonly ModuleVersion[]
  /** Replacements by a directory outside the repository: code that no hash and no review covers. */
  readonly unhashed: readonly { readonly path: string; readonly dir: string; readonly line?: number }[]
}

export interface GraphModule {
  readonly path: string
  readonly version?: string
  readonly main: boolean
  readonly indirect: boolean
  readonly goVersion?: string
  readonly replacement?: { readonly path: string; readonly version?: string }
  readonly retracted?: readonly string[]
  readonly deprecated?: string
  /** The newest version, when looked up and newer. */
  readonly update?: string
  readonly error?: string
}

/** The build list and who requires what. Edges join `path@version` (a main module: its path). */
export interface GraphObservation extends Observed {
  readonly kind: 'graph'
  readonly modules: readonly GraphModule[]
  readonly edges: readonly (readonly [from: string, to: string])[]
  /** `go` and `toolchain` versions in force, and the modules that ask for the highest go version. */
  readonly goVersion?: string
  readonly toolchain?: string
  readonly forcedBy: readonly ModuleVersion[]
  /** False when retractions and deprecations could not be looked up. */
  readonly updatesKnown: boolean
}

/** One target's build. A failed one comes with a command observation that holds the messages. */
export interface BuildObservation extends Observed {
  readonly kind: 'build'
  readonly target: Target
  readonly outcome: 'pass' | 'fail'
  readonly cgo: boolean
  readonly binaries: readonly { readonly package: string; readonly path: string; readonly bytes: number }[]
}

/** A result's header and build info beside what its target calls for. */
export interface BinaryObservation extends Observed {
  readonly kind: 'binary'
  readonly target: Target
  readonly package: string
  readonly format: string
  readonly linkage: 'static' | 'dynamic' | 'unknown'
  readonly interpreter?: string
  readonly libraries: readonly string[]
  readonly settings: Readonly<Record<string, string>>
  /** Who looks up hosts and users, as far as the file shows it. */
  readonly names?: NameServices
  /** One sentence for each thing that does not fit the target. */
  readonly mismatches: readonly string[]
}

/** How a package changes when cgo is off, on one target. */
export interface CgoDifference {
  readonly package: string
  readonly module?: ModuleVersion
  /**
   * `gone`: no Go file is left; `swapped`: another file stands in; `shrunk`: files just disappear; `ignored`: the package has C
   * files and no cgo, which go refuses with cgo on and passes over in silence with cgo off.
   */
  readonly change: 'gone' | 'swapped' | 'shrunk' | 'ignored'
  /** Go files that only a build with cgo compiles: they import "C" or ask for the tag cgo. */
  readonly cgoFiles: readonly string[]
  readonly replacementFiles: readonly string[]
  /** The replacement only returns errors: a program that builds and does not work. */
  readonly stub: boolean
  /** With `stub`: the package has files that stay and do their work, so that only these names refuse, at most 10. */
  readonly stubNames?: readonly string[]
  /** The error that the stub returns, as its source words it. */
  readonly stubSays?: string
  /** C, C++, Objective-C, SWIG and assembly files that only a build with cgo compiles. */
  readonly otherFiles?: readonly string[]
  /** Without cgo no package imports it and the patterns of the run pass over it in silence. */
  readonly passedOver?: true
  /** A main package, and no C library made of one (`//export`): without cgo the program is not built. */
  readonly program?: true
  /** Names that disappear although code that stays uses them, by a look at the text: `Ticks (clock.go)`. */
  readonly stillUsed?: readonly string[]
  /** Import path by import path from a package of the module to this one. */
  readonly chain?: readonly string[]
  /** The import in the module that leads to the package; for one that none imports, its own first file that needs cgo. */
  readonly importedAt?: { readonly file: string; readonly line: number; readonly column?: number }
  /** Targets of the run on which cgo is off and the package changes too. */
  readonly offOn?: readonly string[]
}

/** An import of a package of the standard library that is nothing, or breaks, without cgo. */
export interface CgoImport {
  readonly of: 'plugin' | 'runtime/cgo'
  /** The package that imports it, and whether the team wrote that. */
  readonly by: string
  readonly own: boolean
  readonly module?: ModuleVersion
  /** With plugin: whether its files for the target as it is built, and with cgo on, are a stub. */
  readonly stub: boolean
  readonly stubWithCgo: boolean
  readonly chain?: readonly string[]
  readonly importedAt?: { readonly file: string; readonly line: number; readonly column?: number }
  readonly offOn?: readonly string[]
}

/** What a target loses without cgo, the standard library's name look-ups aside. */
export interface CgoObservation extends Observed {
  readonly kind: 'cgo'
  readonly target: Target
  /** CGO_ENABLED as the go command decides it here. */
  readonly enabled: boolean
  readonly reason?: CgoReason
  /** The C compiler that the go command looks for: `gcc`. */
  readonly compiler?: string
  readonly differences: readonly CgoDifference[]
  readonly imports?: readonly CgoImport[]
  /** Packages of the standard library in the programs whose files differ between the modes: net, os/user. */
  readonly standard?: readonly string[]
  /** Main packages, and the place of the first: the line of its package clause. */
  readonly programs?: number
  readonly programAt?: { readonly file: string; readonly line: number }
  readonly names?: NameServices
}

/** Who looks up hosts and users in the programs of every target of a run. */
export interface NameServicesObservation extends Observed {
  readonly kind: 'name-services'
  readonly targets: readonly (NameServices & {
    readonly target: Target
    readonly cgo: boolean
    readonly reason: CgoReason
  })[]
  /** The first import of net or os/user, or of what leads there, in the module. */
  readonly importedAt?: { readonly file: string; readonly line: number; readonly column?: number }
}

/** A probe that broke: our fault or the machine's, not the module's. */
export interface BrokenProbeObservation extends Observed {
  readonly kind: 'broken-probe'
  readonly error: string
}

export type Observation =
  | CommandObservation
  | ModuleFilesObservation
  | TidyObservation
  | SumsObservation
  | GraphObservation
  | BuildObservation
  | BinaryObservation
  | CgoObservation
  | NameServicesObservation
  | LevelsObservation
  | FileNamesObservation
  | PlatformToolsObservation
  | PortUsesObservation
  | TagsObservation
  | PolicyObservation
  | ExpectationObservation
  | CgoNeededObservation
  | BrokenProbeObservation

export type ObservationOf<K extends Observation['kind']> = Extract<Observation, { readonly kind: K }>
