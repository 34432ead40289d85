import { parseJsonStream } from './json-stream.ts'
import type { Go, GoRun, GoRunOptions } from './go.ts'

const structuredBytes = 256 * 1024 * 1024

/** Error of a package as `go list -e -json` gives it (cmd/go/internal/load, PackageError). */
export interface GoPackageError {
  readonly ImportStack?: readonly string[] | null
  readonly Pos?: string
  readonly Err: string
}

export interface GoModuleRef {
  readonly Path: string
  readonly Version?: string
  readonly Main?: boolean
  readonly Dir?: string
  readonly GoMod?: string
  readonly GoVersion?: string
  readonly Replace?: { readonly Path: string; readonly Version?: string; readonly Dir?: string }
}

/** The fields of `go list -json` that we ask for (cmd/go/internal/load, PackagePublic). Absent means empty. */
export interface GoPackage {
  readonly ImportPath: string
  readonly Dir?: string
  readonly Name?: string
  readonly Standard?: boolean
  readonly DepOnly?: boolean
  readonly ForTest?: string
  readonly Incomplete?: boolean
  readonly Module?: GoModuleRef
  readonly GoFiles?: readonly string[]
  readonly CgoFiles?: readonly string[]
  readonly IgnoredGoFiles?: readonly string[]
  readonly CFiles?: readonly string[]
  readonly CXXFiles?: readonly string[]
  readonly MFiles?: readonly string[]
  readonly SFiles?: readonly string[]
  readonly SwigFiles?: readonly string[]
  readonly SwigCXXFiles?: readonly string[]
  readonly IgnoredOtherFiles?: readonly string[]
  readonly Imports?: readonly string[]
  readonly Error?: GoPackageError | null
  readonly DepsErrors?: readonly GoPackageError[] | null
}

const packageFields =
  'ImportPath,Dir,Name,Standard,DepOnly,ForTest,Incomplete,Module,GoFiles,CgoFiles,IgnoredGoFiles,CFiles,CXXFiles,MFiles,SFiles,' +
  'SwigFiles,SwigCXXFiles,IgnoredOtherFiles,' +
  // Embed errors are only looked for when an embed field is asked for.
  'EmbedFiles,Imports,Error,DepsErrors'

/** A module of `go list -m -json` (cmd/go/internal/modinfo, ModulePublic). */
export interface GoModule extends GoModuleRef {
  readonly Indirect?: boolean
  readonly Retracted?: readonly string[] | null
  readonly Deprecated?: string
  readonly Update?: { readonly Path: string; readonly Version: string }
  readonly Error?: { readonly Err: string }
}

/** A port of `go tool dist list -json`. */
export interface GoDistPort {
  readonly GOOS: string
  readonly GOARCH: string
  readonly CgoSupported: boolean
  readonly FirstClass?: boolean
}

/** What a structured command gave: `values` are whole even when the command failed, empty when it printed none. */
export interface Listed<T> extends GoRun {
  readonly values: readonly T[]
}

/**
 * `go list -e -json PATTERNS` for packages. With -e the go command exits 0 and puts errors into the packages; a failure
 * is then one of the module graph, told on stderr alone.
 */
export async function listPackages(
  go: Go,
  patterns: readonly string[],
  options: GoRunOptions & { readonly deps?: boolean; readonly test?: boolean; readonly flags?: readonly string[] } = {},
): Promise<Listed<GoPackage>> {
  const flags = [
    ...(options.deps === true ? ['-deps'] : []),
    ...(options.test === true ? ['-test'] : []),
    ...(options.flags ?? []),
  ]
  const args = ['list', '-e', `-json=${packageFields}`, ...flags, '--', ...patterns]
  const listed = await structured<GoPackage>(go, args, options)
  // For a person, who wants the errors and no JSON: without -e the go command prints them and fails.
  return { ...listed, command: listed.command.replace(/ -e -json=\S+/, '').replace(' -- ', ' ') }
}

/** `go list -e -m -json all`; with `updates` retractions, deprecations and newer versions are looked up on the network. */
export function listModules(
  go: Go,
  options: GoRunOptions & { readonly updates?: boolean } = {},
): Promise<Listed<GoModule>> {
  // In a vendored module the build list cannot be computed from vendor/ (class W02).
  const flags = ['-e', '-json', '-mod=readonly', ...(options.updates === true ? ['-u', '-retracted'] : [])]
  return structured<GoModule>(go, ['list', '-m', ...flags, 'all'], options)
}

/** `go tool dist list -json`: the ports of this toolchain. */
export function listPorts(go: Go): Promise<Listed<GoDistPort>> {
  return structured<GoDistPort>(go, ['tool', 'dist', 'list', '-json'], {})
}

/** A command that nothing can go on without failed; `run` holds what it said. */
export class GoCommandError extends Error {
  readonly run: GoRun

  constructor(run: GoRun) {
    super(`\`${run.command}\` failed: ${failureText(run)}`)
    this.name = 'GoCommandError'
    this.run = run
  }
}

/**
 * `go env -json`, with persisted values; throws a GoCommandError when the go command cannot even do that. By `names` it
 * tells variables of other architectures too, when they are set.
 */
export async function readGoEnv(
  go: Go,
  options: GoRunOptions & { readonly names?: readonly string[] } = {},
): Promise<Readonly<Record<string, string>>> {
  const args = ['env', '-json', ...(options.names ?? [])]
  const run = await structured<Readonly<Record<string, string>>>(go, args, options)
  const env = run.values[0]
  if (!run.ok || env === undefined) throw new GoCommandError(run)
  return env
}

/** Edges of `go mod graph` as pairs of `path@version`; a main module is its path alone. */
export async function modGraph(
  go: Go,
  options: GoRunOptions = {},
): Promise<GoRun & { readonly edges: readonly (readonly [string, string])[] }> {
  const run = await go.run(['mod', 'graph'], { ...options, keepBytes: structuredBytes })
  const edges = run.result.stdout.text.split('\n').flatMap((line): (readonly [string, string])[] => {
    const [from, to] = line.trim().split(' ')
    return from !== undefined && to !== undefined && from !== '' ? [[from, to]] : []
  })
  return { ...run, edges: run.ok ? edges : [] }
}

/** The last lines of what a failed command said, or how it ended. */
export function failureText(run: GoRun): string {
  const { result } = run
  if (result.spawnError !== undefined) return `it could not be started (${result.spawnError})`
  if (result.timedOut) return 'it ran into the timeout'
  if (result.cancelled) return 'it was cancelled'
  const text = (result.stderr.text.trim() || result.stdout.text.trim()).split('\n').slice(-5).join('\n')
  return text === '' ? `exit code ${result.exitCode ?? result.signal ?? 'unknown'}` : text
}

async function structured<T>(go: Go, args: readonly string[], options: GoRunOptions): Promise<Listed<T>> {
  const run = await go.run(args, { ...options, keepBytes: structuredBytes })
  if (run.result.stdout.truncated) {
    throw new Error(`\`${run.command}\` printed over ${structuredBytes} bytes; narrow the packages input`)
  }
  try {
    return { ...run, values: parseJsonStream(run.result.stdout.text) as readonly T[] }
  } catch (error) {
    // A killed command leaves half a value behind; its failure says more than our syntax error.
    if (!run.ok) return { ...run, values: [] }
    throw new Error(`\`${run.command}\` printed JSON that does not parse`, { cause: error })
  }
}
