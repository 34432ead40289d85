import type { Location } from './module.ts'
import type { Target } from './port.ts'

/** A level variable that is set in the environment or with `go env -w`. */
export interface LevelSetting {
  /** `GOAMD64`. */
  readonly variable: string
  readonly value: string
}

/** The level that a target is built at, beside the one that its programs will find. */
export interface TargetLevel {
  readonly target: Target
  readonly variable: string
  /** The target's own level, else what `go env` says for it. */
  readonly level: string
  /** What the policy declares for where it is deployed to. */
  readonly deployed?: { readonly level: string; readonly at: Location }
}

/** What is wrong with a name in the module. */
export type FileNameProblem =
  /** Go refuses it in a module: a character, a dot at the end, a reserved name of Windows, no UTF-8. */
  | 'refused'
  /** Another name differs from it in nothing but the case of letters. */
  | 'case'
  /** Windows takes it for something else: a blank at its end. */
  | 'windows'
  /** The whole path passes the limit of most Windows programs. */
  | 'long'

export interface FileName {
  /** Relative to the repository root with `/`. */
  readonly file: string
  readonly problem: FileNameProblem
  /** In the words of a person: `it holds ":"`, `"aux" is reserved on Windows`. */
  readonly detail: string
  /** False for what never becomes part of the module's zip: vendored packages, modules inside it. */
  readonly published: boolean
}

/** Whether the compiler and linker that a phone's programs need are there. */
export interface PlatformTools {
  readonly system: 'android' | 'ios'
  /** `missing` here, and `elsewhere`: no machine of this kind can have them. */
  readonly state: 'ready' | 'missing' | 'elsewhere'
  /** Folder of the NDK or of the SDK. */
  readonly where?: string
  /** What was found instead, one sentence. */
  readonly detail?: string
  /** CC for each target, by its name, when they are ready. */
  readonly compilers: Readonly<Record<string, string>>
}

/** A use of a function that compiles on a port and cannot work there. */
export interface PortUse {
  readonly package: string
  readonly at: Location
  /** `os/exec.Command`. */
  readonly symbol: string
  /** Targets that the run names, whose build holds the call and on which it cannot work. */
  readonly targets: readonly Target[]
  /** Main packages whose build holds it; empty for a call that only a library makes. */
  readonly programs: readonly string[]
  /** The file looks at runtime.GOOS, so it may know. */
  readonly guarded: boolean
}

/** One set of build tags that was checked. */
export interface TagRun {
  readonly tags: readonly string[]
  /** Errors that this set brings and a build without tags has not. */
  readonly errors: readonly {
    readonly package: string
    /** In its test files. */
    readonly tests: boolean
    readonly message: string
    readonly targets: readonly string[]
    readonly at?: Location
  }[]
  /** Names of the targets that were checked. */
  readonly checked: readonly string[]
}

/** A Go file that no target compiles, with or without the tags that were tried. */
export interface UncompiledFile {
  readonly file: string
  /** `//go:build never`, `_zos.go`. */
  readonly constraint: string
}
