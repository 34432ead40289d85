import type { GoModFile, GoSumFile, GoWorkFile, VendorModulesFile } from './go-files.ts'
import type { Location, ModuleVersion } from './module.ts'
import type { Target } from './port.ts'

/** A parsed file and where it is, relative to the repository root with `/`. */
export interface FileFact<T> {
  readonly path: string
  readonly content: T
}

/** A declaration that a file of the package holds which the target does not compile. */
export interface ExcludedDeclaration {
  readonly symbol: string
  readonly file: string
  readonly line: number
  /** Why the file is left out: `import "C"` with CGO_ENABLED=0, or its constraint (`//go:build unix`, `_linux.go`). */
  readonly reason: 'cgo' | 'port' | 'tag'
  readonly constraint: string
  /** Ports that compile the file, `linux/amd64`; absent when not known. */
  readonly ports?: readonly string[]
  /** In the standard library: `file` is then `syscall/zsyscall_linux_amd64.go`, and no place in the repository. */
  readonly standard?: boolean
}

/** A Go file of a package that the target leaves out. */
export interface ExcludedFile {
  /** As the report names it, or `module@version/path` for a dependency. */
  readonly file: string
  readonly reason: 'cgo' | 'port' | 'tag'
  readonly constraint: string
  readonly ports?: readonly string[]
  readonly standard?: boolean
}

/** What the checksum database says of a module version, verified; `missing` when it has no record. */
export type ChecksumAnswer =
  | { readonly kind: 'record'; readonly zip: string; readonly mod: string; readonly database: string }
  | { readonly kind: 'missing'; readonly database: string }
  | { readonly kind: 'unavailable'; readonly reason: string }

/**
 * What a rule may ask to decide between causes. Every look-up happens at most once a run and only when asked;
 * `undefined` means: cannot be known here (a pasted log without a checkout, an offline machine).
 */
export interface Facts {
  /** `go env -json`, with persisted values. */
  readonly goEnv: () => Promise<Readonly<Record<string, string>> | undefined>
  readonly goMod: () => Promise<FileFact<GoModFile> | undefined>
  readonly goSum: () => Promise<FileFact<GoSumFile> | undefined>
  readonly goWork: () => Promise<FileFact<GoWorkFile> | undefined>
  readonly vendor: () => Promise<FileFact<VendorModulesFile> | undefined>
  /** The go.mod line that requires or replaces a module; for one that is not listed, the line of the module that brings it in. */
  readonly requireLine: (modulePath: string) => Promise<Location | undefined>
  /** A file that a message names, as the report names it; undefined for one outside the repository. */
  readonly locate: (position: {
    readonly file: string
    readonly line: number
    readonly column?: number
  }) => Promise<Location | undefined>
  /** Where a symbol is declared that a target does not see, in the package that the file at `position` belongs to or imports. */
  readonly excludedDeclarations: (query: {
    readonly file: string
    readonly symbol: string
    readonly package?: string
    readonly target?: Target
  }) => Promise<readonly ExcludedDeclaration[]>
  /**
   * The Go files of a package that a target leaves out, for `build constraints exclude all Go files`. A source of facts
   * may do without it: the rules then name what remains.
   */
  readonly excludedFiles?: (query: {
    readonly package?: string
    /** The folder as the go command printed it. */
    readonly dir?: string
    readonly target?: Target
  }) => Promise<readonly ExcludedFile[] | undefined>
  /** The line of a package of the module that imports another package; a source of facts may do without it. */
  readonly importLine?: (query: {
    readonly from: string
    readonly imports: string
    readonly target?: Target
  }) => Promise<Location | undefined>
  /** The text of a line of a file in the checkout, as a message names it; a source of facts may do without it. */
  readonly sourceLine?: (position: { readonly file: string; readonly line: number }) => Promise<string | undefined>
  /** The first line of a package's Go files, of one in the checkout, that holds all of some texts; may be absent too. */
  readonly lineWith?: (query: {
    readonly package: string
    readonly texts: readonly string[]
    readonly target?: Target
  }) => Promise<Location | undefined>
  readonly checksums: (module: ModuleVersion) => Promise<ChecksumAnswer | undefined>
}
