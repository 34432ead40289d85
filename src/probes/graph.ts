import type { GraphModule, GraphObservation, Observation } from '../domain/observation.ts'
import { listModules, modGraph, type GoModule } from '../go/list.ts'
import { compareGoVersions } from '../modules/go-version.ts'
import { observeRun } from './support/observe.ts'
import type { Probe, ProbeContext } from './support/probe.ts'
import { scratchWorkspace } from './support/scratch-workspace.ts'

const updatesTimeoutSeconds = 60

/** The build list and who asks for what. */
const graph: Probe = {
  name: 'graph',
  title: 'The build list, who requires what, and what became of it',
  what: `Reads the build list (\`go list -m -json all\`) and the requirement graph (\`go mod graph\`): what is replaced, which
modules are there in several majors, which go and toolchain lines are in force and who forces them. Retractions,
deprecations and newer versions are looked up with \`-u -retracted\` within a minute; when that cannot be had the report says
so.`,
  async run(context) {
    const env = await scratchWorkspace(context)
    const listed = await listModules(context.go, { env })
    if (!listed.ok) {
      const observation = observeRun(listed, {
        probe: 'graph',
        module: context.module.dir,
        advisory: await usesVendor(context),
      })
      return { outcome: 'fail', reason: 'the build list could not be read', observations: [observation] }
    }
    const [edges, updates] = await Promise.all([
      modGraph(context.go, { env }),
      lookUpUpdates(context, listed.values, env),
    ])
    const observations: Observation[] = [observe(context, updates ?? listed.values, edges.edges, updates !== undefined)]
    return {
      outcome: 'pass',
      ...(updates === undefined ? { reason: 'retractions and deprecations could not be looked up' } : {}),
      observations,
    }
  },
}

export default graph

/** A vendored module builds without the graph, so a graph that cannot be had breaks nothing there. */
async function usesVendor(context: ProbeContext): Promise<boolean> {
  const listing = await context.listings.packages(context.host)
  return listing.ok
}

async function lookUpUpdates(
  context: ProbeContext,
  known: readonly GoModule[],
  scratch: Readonly<Record<string, string>>,
): Promise<readonly GoModule[] | undefined> {
  if (known.every((module) => module.Main === true || module.Version === undefined)) return known
  const env = await context.listings.env()
  if (env.GOPROXY === 'off' || env.GOFLAGS?.includes('-mod=vendor') === true) return undefined
  const run = await listModules(context.go, { updates: true, timeoutSeconds: updatesTimeoutSeconds, env: scratch })
  // With -e a module whose versions cannot be listed carries an error; when all do, the network is not there.
  const asked = run.values.filter((module) => module.Main !== true)
  if (!run.ok || asked.length === 0 || asked.every((module) => module.Error !== undefined)) return undefined
  return run.values
}

function observe(
  context: ProbeContext,
  modules: readonly GoModule[],
  edges: readonly (readonly [string, string])[],
  updatesKnown: boolean,
): GraphObservation {
  const selected = new Set(modules.map((module) => nodeName(module)))
  const mains = new Set(modules.filter((module) => module.Main === true).map((module) => module.Path))
  const goVersions = modules.filter((module) => module.Main === true && module.GoVersion !== undefined)
  const goVersion = highest(goVersions.map((module) => module.GoVersion ?? ''))
  return {
    kind: 'graph',
    probe: 'graph',
    module: context.module.dir,
    modules: modules.map(graphModule),
    // go mod graph names versions that were not selected too; only edges into the build list explain it.
    edges: edges.filter(([from, to]) => (mains.has(from) || selected.has(from)) && selected.has(to)),
    ...(goVersion === undefined ? {} : { goVersion }),
    forcedBy:
      goVersion === undefined
        ? []
        : modules.flatMap((module) =>
            module.Main !== true &&
            module.GoVersion !== undefined &&
            compareGoVersions(module.GoVersion, goVersion) >= 0
              ? [{ path: module.Path, version: module.Version ?? '' }]
              : [],
          ),
    updatesKnown,
  }
}

function graphModule(module: GoModule): GraphModule {
  const replacement = module.Replace
  return {
    path: module.Path,
    ...(module.Version === undefined ? {} : { version: module.Version }),
    main: module.Main ?? false,
    indirect: module.Indirect ?? false,
    ...(module.GoVersion === undefined ? {} : { goVersion: module.GoVersion }),
    ...(replacement === undefined
      ? {}
      : {
          replacement: {
            path: replacement.Path,
            ...(replacement.Version === undefined ? {} : { version: replacement.Version }),
          },
        }),
    ...(module.Retracted ? { retracted: module.Retracted } : {}),
    ...(module.Deprecated === undefined ? {} : { deprecated: module.Deprecated }),
    ...(module.Update === undefined ? {} : { update: module.Update.Version }),
    ...(module.Error === undefined ? {} : { error: module.Error.Err }),
  }
}

function nodeName(module: GoModule): string {
  return module.Version === undefined ? module.Path : `${module.Path}@${module.Version}`
}

function highest(versions: readonly string[]): string | undefined {
  return versions.reduce<string | undefined>(
    (best, version) => (best === undefined || compareGoVersions(version, best) > 0 ? version : best),
    undefined,
  )
}
