/**
 * What goes to portcheck on stdin, as one JSON object (portcheck/README.md). Paths are absolute; portcheck ignores what it
 * does not know.
 */
export interface WireRequest {
  readonly version: 1
  readonly goroot: string
  /** `go1.26.8`. */
  readonly go: string
  readonly dir: string
  /** At most 64: one bit each. */
  readonly slots: readonly WireSlot[]
  readonly tags: readonly string[]
  readonly main: readonly WireMainModule[]
  readonly modules: readonly WireModule[]
  readonly vendor?: WireVendor
  readonly patterns: readonly string[]
  readonly tests: boolean
  readonly dependencyBodies: boolean
  readonly files: boolean
  /** Folder for results by content; empty for none. */
  readonly cacheDir: string
  /** Names of other packages, `os/exec.Command` or `syscall/js.*`, whose uses in the main modules are told. */
  readonly watch?: readonly string[]
}

export interface WireSlot {
  readonly name: string
  readonly goos: string
  readonly goarch: string
  readonly cgo: boolean
  readonly toolTags: readonly string[]
}

export interface WireMainModule {
  readonly path: string
  readonly dir: string
  /** Its go line; empty for none. */
  readonly go: string
  /** The directories of its ignore lines, which patterns pass over (Go 1.25). */
  readonly ignore?: readonly string[]
}

export interface WireModule {
  /** The path that it is imported by, also where it is replaced. */
  readonly path: string
  readonly version: string
  /** Where its source is, the replacement's for a replaced one; empty when it is not downloaded. */
  readonly dir: string
  /** Its go line; empty for none. */
  readonly go: string
  readonly replaced: boolean
}

export interface WireVendor {
  readonly dir: string
  /** Import path -> module path: in vendor mode nothing else provides packages beside the main modules and the standard library. */
  readonly packages: Readonly<Record<string, string>>
}

/** Most slots of one request. */
export const mostSlots = 64

/** One line of portcheck's answer: a JSON object with its kind in `t`. */
export type WireLine = Readonly<Record<string, unknown>> & { readonly t: string }

/** The object of a line; undefined for what is none, which portcheck never prints. */
export function parseLine(line: string): WireLine | undefined {
  try {
    const value: unknown = JSON.parse(line)
    const isLine = typeof value === 'object' && value !== null && 't' in value && typeof value.t === 'string'
    return isLine ? (value as WireLine) : undefined
  } catch {
    return undefined
  }
}

/** A member as text; empty when it is something else. */
export function text(line: Readonly<Record<string, unknown>>, name: string): string {
  const value = line[name]
  return typeof value === 'string' ? value : ''
}

/** A member as a number that is not negative; 0 when it is something else. */
export function number(line: Readonly<Record<string, unknown>>, name: string): number {
  const value = line[name]
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : 0
}

export function flag(line: Readonly<Record<string, unknown>>, name: string): boolean {
  return line[name] === true
}

/** The texts of a list; what is no text in it is left out. */
export function texts(line: Readonly<Record<string, unknown>>, name: string): readonly string[] {
  return list(line, name).filter((value) => typeof value === 'string')
}

/** The objects of a list. */
export function objects(
  line: Readonly<Record<string, unknown>>,
  name: string,
): readonly Readonly<Record<string, unknown>>[] {
  return list(line, name).filter(
    (value): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null,
  )
}

/** Indices of slots, ascending, each once; what lies outside the request is left out. */
export function indices(line: Readonly<Record<string, unknown>>, name: string, slots: number): readonly number[] {
  const valid = list(line, name).filter(
    (value): value is number => typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < slots,
  )
  return [...new Set(valid)].sort((a, b) => a - b)
}

function list(line: Readonly<Record<string, unknown>>, name: string): readonly unknown[] {
  const value = line[name]
  return Array.isArray(value) ? value : []
}
