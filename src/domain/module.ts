/** A module at a version, as Go writes it: `golang.org/x/net@v0.30.0`. Toolchain nodes of `go mod graph` (`go@1.22`) have the same shape. */
export interface ModuleVersion {
  readonly path: string
  readonly version: string
}

/** Where something is said, for people and annotations. Lines and columns count from 1; columns count bytes, as Go's do. */
export interface Location {
  /** Relative to the repository root with `/`; a file of a dependency is `module@version/path`. */
  readonly file: string
  readonly line: number
  readonly column?: number
  readonly endLine?: number
  readonly endColumn?: number
}

/** `path@version`, or the bare path when there is no version (a main module). */
export function formatModuleVersion(module: { readonly path: string; readonly version?: string | undefined }): string {
  return module.version === undefined || module.version === '' ? module.path : `${module.path}@${module.version}`
}
