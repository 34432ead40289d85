export type BinaryFormat = 'elf' | 'mach-o' | 'pe' | 'xcoff' | 'plan9' | 'wasm' | 'unknown'

/** What the go command writes into a program (runtime/debug.BuildInfo). Strings are hostile. */
export interface BuildInfo {
  /** `go1.26.1`, or `devel …`. */
  readonly goVersion: string
  /** Import path of the main package. */
  readonly path?: string
  readonly main?: { readonly path: string; readonly version?: string; readonly sum?: string }
  /** GOOS, GOARCH, CGO_ENABLED, -trimpath, vcs.revision and so on; empty for what a Go before 1.18 built. */
  readonly settings: Readonly<Record<string, string>>
}

/** What the header of an executable says. Strings are hostile. */
export interface BinaryFacts {
  readonly format: BinaryFormat
  /** Size of the file. */
  readonly bytes: number
  readonly kind: 'executable' | 'library' | 'object' | 'unknown'
  readonly bits?: 32 | 64
  readonly endian?: 'little' | 'big'
  /** The machine as the header writes it, for people: `EM_X86_64`, `0x8664`. */
  readonly machine?: string
  /** Go's name of the architecture; absent for a machine that Go does not know. */
  readonly goarch?: string
  /** Every architecture of a file with several (a fat Mach-O), `goarch` being the first. */
  readonly architectures?: readonly string[]
  /** The systems, by Go's names, that the header says the program may be for; absent when it does not tell. */
  readonly systems?: readonly string[]
  /** The byte EI_OSABI of an ELF header. */
  readonly osAbi?: number
  readonly linkage: 'static' | 'dynamic' | 'unknown'
  /** The program that loads it: `/lib64/ld-linux-x86-64.so.2`, `/usr/lib/dyld`. */
  readonly interpreter?: string
  /** Shared libraries that it asks for, at most 256. */
  readonly libraries: readonly string[]
  /** Lowest version of the system that the header claims to run on: `12.0`, `6.1`. */
  readonly minimumSystem?: string
  /** Whether there is a code signature (Mach-O) or an Authenticode one (PE); it is not verified. */
  readonly signed?: boolean
  readonly buildInfo?: BuildInfo
  /** Why the file could not be read, or not to the end: one sentence. The other members hold what was learned before. */
  readonly problem?: string
}

/** A stretch of the file and where it lies in memory. */
export interface Mapping {
  readonly address: number
  readonly offset: number
  readonly size: number
}

/** What a format's reader learned, and where the build info is to be looked for. */
export interface HeaderFacts extends Omit<BinaryFacts, 'bytes' | 'buildInfo' | 'problem'> {
  readonly mappings: readonly Mapping[]
  /** Memory range that holds the build info; absent where there is none to read. */
  readonly data?: { readonly address: number; readonly size: number }
}
