/** What is left of a package with CGO_ENABLED=0. */
export type WithoutCgo =
  /** It builds, and what it offers only returns errors. */
  | 'stub'
  /** No Go file is left: the go command refuses the build. */
  | 'gone'
  /** Some files are left, and names that they or their users need are undefined. */
  | 'broken'
  /** Another implementation takes over. */
  | 'fallback'

export interface KnownCgoPackage {
  /** Import path of the module or package; what lies below belongs to it. A version suffix is left out. */
  readonly path: string
  readonly without: WithoutCgo
  /** Import paths that do the same work without cgo, the nearest first. Empty when none is known. */
  readonly instead: readonly string[]
  /** What else there is to do or to know, a sentence. */
  readonly note?: string
  /** The version whose files were looked at, for linux/amd64. */
  readonly checked: string
  /** The file that shows it. */
  readonly source: string
}
