import type { BuildObservation, CommandObservation, Observation } from '../domain/observation.ts'
import { formatTarget, type Target } from '../domain/port.ts'
import type { ReportTarget, TargetError } from '../domain/report.ts'

const mostPerPackage = 20

/**
 * One row for each module, target and cgo mode, whichever probes looked at it. Where a target was built, the compiler has
 * the last word: errors that the type check alone has there, in files that the build compiles, are no errors.
 */
export function mergeRows(rows: readonly ReportTarget[]): readonly ReportTarget[] {
  const merged = new Map<string, ReportTarget>()
  for (const row of rows) {
    const key = [row.module, row.target, String(row.cgo)].join('\0')
    const known = merged.get(key)
    merged.set(key, known === undefined ? row : mergeTwo(known, row))
  }
  return [...merged.values()]
}

function mergeTwo(a: ReportTarget, b: ReportTarget): ReportTarget {
  const [built, checked] = a.build === 'none' ? [b, a] : [a, b]
  const typed = built.build === 'pass' ? withoutRefuted(checked) : checked
  const { errors, truncated } = mergeErrors(built.errors, typed.errors)
  const reason = reasonOf(built, typed)
  const { reason: _, truncated: cut, ...rest } = built
  return {
    ...rest,
    types: typed.types,
    ...(reason === undefined ? {} : { reason }),
    seconds: built.seconds + checked.seconds,
    errors,
    ...(cut === true || typed.truncated === true || truncated ? { truncated: true as const } : {}),
  }
}

/** A type check of a target that builds: what is left are the errors of test files, which a build does not compile. */
function withoutRefuted(row: ReportTarget): ReportTarget {
  const errors = row.errors.filter((error) => isTestFile(error.file))
  return { ...row, errors, types: row.types === 'fail' && errors.length === 0 ? 'pass' : row.types }
}

function reasonOf(built: ReportTarget, checked: ReportTarget): string | undefined {
  if (built.reason === undefined || checked.reason === undefined || built.reason === checked.reason)
    return built.reason ?? checked.reason
  return `not built: ${built.reason}; not type-checked: ${checked.reason}`
}

/** At most 20 a package of both together, and of neither more than half when the other needs it. */
function mergeErrors(
  built: readonly TargetError[],
  checked: readonly TargetError[],
): { readonly errors: readonly TargetError[]; readonly truncated: boolean } {
  const of = (list: readonly TargetError[], name: string): number => list.filter((one) => one.package === name).length
  const room = (own: readonly TargetError[], others: readonly TargetError[]) => {
    const used = new Map<string, number>()
    return (error: TargetError): boolean => {
      const count = (used.get(error.package) ?? 0) + 1
      used.set(error.package, count)
      return count <= Math.max(mostPerPackage / 2, mostPerPackage - of(others, error.package))
    }
  }
  const errors = [...built.filter(room(built, checked)), ...checked.filter(room(checked, built))]
  return { errors, truncated: errors.length < built.length + checked.length }
}

/**
 * The observations without what a build answered better: on a target that was built, the errors of the type check in
 * packages that the build compiled or complains about are left out, for they would be told twice, or told though they are
 * none. Test files stay: a build does not compile them.
 */
export function trustBuilds(observations: readonly Observation[]): readonly Observation[] {
  const builds = new Map<string, Built>()
  for (const seen of observations) {
    if (seen.kind !== 'build') continue
    builds.set(keyOf(seen.module, { ...seen.target, cgo: seen.cgo }), {
      passed: seen.outcome === 'pass',
      packages: complaints(observations, seen),
    })
  }
  if (builds.size === 0) return observations
  return observations.flatMap((seen): readonly Observation[] =>
    seen.kind === 'command' && seen.probe === 'ports' ? splitByBuild(seen, builds) : [seen],
  )
}

interface Built {
  readonly passed: boolean
  /** Import paths of packages that it reports errors of. */
  readonly packages: ReadonlySet<string>
}

function complaints(observations: readonly Observation[], build: BuildObservation): ReadonlySet<string> {
  const commands = observations.filter(
    (seen): seen is CommandObservation =>
      seen.kind === 'command' &&
      seen.probe === 'build' &&
      seen.module === build.module &&
      seen.target !== undefined &&
      formatTarget(seen.target) === formatTarget(build.target),
  )
  return new Set(
    commands.flatMap((seen) =>
      seen.messages.filter((one) => one.kind === 'error').flatMap((one) => one.package?.split(' ')[0] ?? []),
    ),
  )
}

/** Targets of which the same is left stay together. */
function splitByBuild(seen: CommandObservation, builds: ReadonlyMap<string, Built>): readonly CommandObservation[] {
  const targets = seen.target === undefined ? [] : [seen.target, ...(seen.alsoOn ?? [])]
  const untouched: Target[] = []
  const split: CommandObservation[] = []
  for (const target of targets) {
    const build = builds.get(keyOf(seen.module, target))
    if (build === undefined || seen.tests === true) {
      untouched.push(target)
      continue
    }
    const messages = seen.messages.filter((one) => !build.passed && !build.packages.has(one.package ?? ''))
    if (messages.length > 0) split.push({ ...withTargets(seen, [target]), messages })
  }
  return [...(untouched.length === 0 ? [] : [withTargets(seen, untouched)]), ...split]
}

function withTargets(seen: CommandObservation, targets: readonly Target[]): CommandObservation {
  const [target, ...others] = targets
  const { alsoOn: _, ...rest } = seen
  return { ...rest, ...(target === undefined ? {} : { target }), ...(others.length === 0 ? {} : { alsoOn: others }) }
}

function keyOf(module: string | undefined, target: Target): string {
  return [module ?? '', formatTarget(target), String(target.cgo === true)].join('\0')
}

function isTestFile(file: string): boolean {
  return file.endsWith('_test.go')
}
