import type { CgoObservation, NameServicesObservation } from '../domain/observation.ts'
import { formatTarget, type Target } from '../domain/port.ts'
import { changesWithoutCgo, describeChange, packageChanges, type PackageChange } from './support/cgo-compare.ts'
import { cgoImports } from './support/cgo-imports.ts'
import { cgoMode, type CgoMode } from './support/cgo-mode.ts'
import { chainPlace, chainTo, importGraph, type ImportGraph } from './support/import-chains.ts'
import { nameServices, standardDifferences } from './support/name-services.ts'
import type { Probe, ProbeContext } from './support/probe.ts'

/** What disappears, or turns into a stub, when cgo is off, and who looks up hosts and users. */
const cgo: Probe = {
  name: 'cgo',
  title: 'What the programs lose when cgo is off, and who looks up hosts and users',
  what: `Lists the packages of every target with CGO_ENABLED=1 and with CGO_ENABLED=0 and compares them, without compiling:
packages that are gone, packages whose files just disappear, packages in which another file stands in, perhaps one that only
returns errors; C, C++ and assembly files that are passed over; imports of \`plugin\` and \`runtime/cgo\`. A port without cgo
is only listed as it is. The report says for each target whether cgo is on and who decides it, and which DNS resolver and
which user database the programs get; the binary probe confirms that from the programs.`,
  async run(context) {
    const looks = await Promise.all(context.targets.map(({ target }) => context.limit(() => look(context, target))))
    const seen = looks.filter((one) => one !== undefined)
    if (seen.length === 0) return { outcome: 'skipped', reason: 'the packages could not be loaded', observations: [] }
    const reference = await referenceChanges(context, seen)
    const observations = await Promise.all(seen.map((one) => observe(context, one, reference)))
    const missing = looks.length - seen.length
    return {
      outcome: 'pass',
      ...(missing === 0 ? {} : { reason: `the packages of ${missing} targets could not be loaded` }),
      observations: [...withOffTargets(observations), ...(await observeNames(context, seen))],
    }
  },
}

export default cgo

/** A target in the modes that it has. */
interface Look {
  readonly target: Target
  readonly mode: CgoMode
  /** With cgo; absent on a port without. */
  readonly on?: ImportGraph
  readonly off: ImportGraph
}

async function look(context: ProbeContext, target: Target): Promise<Look | undefined> {
  const mode = await cgoMode(context, target)
  const off = await context.listings.packages({ ...target, cgo: false })
  const on = mode.supported ? await context.listings.packages({ ...target, cgo: true }) : undefined
  if (!off.ok || on?.ok === false) return undefined
  return { target, mode, off: importGraph(off.values), ...(on === undefined ? {} : { on: importGraph(on.values) }) }
}

/** The graph of what is built. */
function effective({ mode, on, off }: Look): ImportGraph {
  return mode.enabled && on !== undefined ? on : off
}

/** What a port without cgo is held against: a target of the run that has it, else the host. */
async function referenceChanges(context: ProbeContext, looks: readonly Look[]): Promise<readonly PackageChange[]> {
  if (looks.every((one) => one.on !== undefined)) return []
  const known = looks.find((one) => one.on !== undefined) ?? (await context.limit(() => look(context, context.host)))
  return known?.on === undefined ? [] : packageChanges(known.on, known.off)
}

async function observe(
  context: ProbeContext,
  seen: Look,
  reference: readonly PackageChange[],
): Promise<CgoObservation> {
  const { target, mode, on, off } = seen
  const changes = on === undefined ? changesWithoutCgo(reference, off) : packageChanges(on, off)
  const graph = effective(seen)
  const mains = [...graph.packages.values()].filter(
    (pkg) => pkg.DepOnly !== true && pkg.Name === 'main' && graph.programs.has(pkg.ImportPath),
  )
  const [first] = mains
  const programAt =
    first === undefined ? undefined : await chainPlace(context, graph, [first.ImportPath], first.GoFiles ?? [])
  return {
    kind: 'cgo',
    probe: 'cgo',
    module: context.module.dir,
    target,
    enabled: mode.enabled && on !== undefined,
    reason: mode.reason,
    ...(mode.compiler === undefined ? {} : { compiler: mode.compiler }),
    differences: await Promise.all(
      // The way to a package is that of a build without cgo, where there is one.
      changes.map((one) => describeChange(context, one.pure === undefined && on !== undefined ? on : off, one)),
    ),
    imports: await cgoImports(context, graph, off, on),
    standard: on === undefined ? [] : standardDifferences(on, off),
    programs: mains.length,
    ...(programAt === undefined ? {} : { programAt }),
    names: nameServices(target.goos, graph),
  }
}

/** Tells each difference on which targets of the run it is in force, so that it need not be told as a mere possibility too. */
function withOffTargets(observations: readonly CgoObservation[]): readonly CgoObservation[] {
  const offOn = (has: (one: CgoObservation) => boolean): { readonly offOn?: readonly string[] } => {
    const names = observations.filter((one) => !one.enabled && has(one)).map((one) => formatTarget(one.target))
    return names.length === 0 ? {} : { offOn: names }
  }
  return observations.map((observation) => ({
    ...observation,
    differences: observation.differences.map((one) => ({
      ...one,
      ...offOn(({ differences }) => differences.some((other) => other.package === one.package)),
    })),
    imports: (observation.imports ?? []).map((one) => ({
      ...one,
      ...offOn(({ imports = [] }) => imports.some((other) => other.of === one.of && other.by === one.by)),
    })),
  }))
}

async function observeNames(
  context: ProbeContext,
  looks: readonly Look[],
): Promise<readonly NameServicesObservation[]> {
  const targets = looks.map((one) => ({
    target: one.target,
    cgo: one.mode.enabled && one.on !== undefined,
    reason: one.mode.reason,
    ...nameServices(one.target.goos, effective(one)),
  }))
  const shown = looks.find((one) => effective(one).programs.has('net') || effective(one).programs.has('os/user'))
  if (shown === undefined) return []
  const graph = effective(shown)
  const name = graph.programs.has('os/user') ? 'os/user' : 'net'
  const importedAt = await chainPlace(context, graph, chainTo(graph, name))
  // One observation for each target, so that a finding names those that it is about.
  return targets.map(({ target }) => ({
    kind: 'name-services',
    probe: 'cgo',
    module: context.module.dir,
    target,
    targets,
    ...(importedAt === undefined ? {} : { importedAt }),
  }))
}
