import type { Target } from './port.ts'

/** One compile or load error that portcheck found, on all the targets where it holds. */
export interface PortCheckError {
  /**
   * `type` and `syntax`: of a declaration or a file; `body`: inside a function; `late`: what the compiler looks at only once
   * everything else is clean (missing bodies, directives); `load`: the go command would not even start to compile.
   */
  readonly kind: 'type' | 'syntax' | 'load' | 'body' | 'late'
  readonly package: string
  /** Which build of the package: as it is, with its test files, or its external tests. */
  readonly variant: '' | 'test' | 'xtest'
  /** Module path; empty for the standard library. */
  readonly module: string
  /** Empty for a main module and for a replacement by a directory. */
  readonly version: string
  /** Of a main module, which is what the user can change. */
  readonly main: boolean
  /** Absolute; empty when the error is about a package as a whole. */
  readonly file: string
  readonly line: number
  readonly column?: number
  /** As the compiler words it, continuation lines joined with newlines. */
  readonly message: string
  /** Names of the targets, in the order of `PortCheck.slots`; never empty. */
  readonly slots: readonly string[]
  /** Import paths from a package that the patterns match to this one, both included; only the package itself when nothing is known. */
  readonly chain: readonly string[]
}

export interface PortCheckSlot {
  readonly target: Target
  /** `linux/amd64`, `linux/arm/6`; a cgo mode is added (`linux/amd64 cgo`) only where two targets differ in nothing else. */
  readonly name: string
  /**
   * `refused`: the go command takes no package of this target (an external linker and no cgo); `empty`: no package has a file
   * for it; `unsupported`: it was not checked at all; each with the reason.
   */
  readonly status: 'pass' | 'fail' | 'refused' | 'empty' | 'unsupported'
  readonly reason?: string
  /** Packages of the main modules that were checked. */
  readonly packages: number
  /** Packages that go never compiles there, because something that they import fails. */
  readonly blocked: number
}

/** What could not be decided: cgo, whose types only a C compiler knows. */
export interface PortCheckUncertain {
  readonly package: string
  readonly reason: string
  readonly slots: readonly string[]
}

/** A Go file of a main module that no target compiles, with the constraint that excludes it. */
export interface PortCheckIgnored {
  readonly package: string
  /** Absolute. */
  readonly file: string
  readonly constraint: string
}

export interface PortCheckFile {
  readonly name: string
  readonly slots: readonly string[]
  readonly cgo: boolean
  readonly test: boolean
  readonly constraint: string
}

/** The files of a package and what they import, by target; only there when they were asked for. */
export interface PortCheckFiles {
  readonly package: string
  /** Absolute. */
  readonly dir: string
  readonly module: string
  readonly main: boolean
  readonly std: boolean
  /** The name in its package clause. */
  readonly name: string
  readonly slots: readonly string[]
  readonly files: readonly PortCheckFile[]
  readonly imports: readonly { readonly path: string; readonly slots: readonly string[] }[]
}

/** One use of a name that was watched for, in a main module and outside of its tests. */
export interface PortCheckUse {
  readonly package: string
  /** Absolute. */
  readonly file: string
  readonly line: number
  readonly column: number
  /** `os/exec.Command`. */
  readonly symbol: string
  /** Names of the targets whose build holds the file. */
  readonly slots: readonly string[]
  /** Import paths of the main packages whose build, on one of these targets, holds it. */
  readonly programs: readonly string[]
}

/** What one run of portcheck learned. */
export interface PortCheck {
  readonly slots: readonly PortCheckSlot[]
  /** Sorted by package, file, line, column. */
  readonly errors: readonly PortCheckError[]
  readonly uncertain: readonly PortCheckUncertain[]
  readonly ignored: readonly PortCheckIgnored[]
  readonly files: readonly PortCheckFiles[]
  /** Uses of the names that were watched for; absent when there were none to watch. */
  readonly uses?: readonly PortCheckUse[]
  readonly seconds: number
  readonly peakMegabytes: number
  /** How many results of dependencies came from the folder of results. */
  readonly cached: number
  /** What was left out or could not be honoured, one sentence each. */
  readonly notes: readonly string[]
}
