import { compareBinary } from '../binary/compare.ts'
import { inspectBinary } from '../binary/inspect.ts'
import { compareNames, readNameCalls } from '../binary/name-calls.ts'
import type { BinaryObservation, BuildObservation, Observation } from '../domain/observation.ts'
import type { GoPackage } from '../go/list.ts'
import { importGraph } from './support/import-chains.ts'
import { nameServices } from './support/name-services.ts'
import type { Probe, ProbeContext } from './support/probe.ts'

/** What was built is what was asked for. */
const binary: Probe = {
  name: 'binary',
  title: 'Header and build info of every program match its target',
  what: `Reads the header (ELF, Mach-O, PE, XCOFF, Plan 9, WebAssembly) and the Go build info of every program that the build
probe made, without running it: machine, operating system, level, CGO_ENABLED, and whether it is linked statically or
needs a dynamic loader and which libraries. For programs that link net or os/user it looks for the functions that look up
hosts and users, which must be those that their packages promise.`,
  needs: ['build'],
  async run(context) {
    const built = await context.resultOf('build')
    const builds = (built?.observations ?? []).filter(isPassedBuild)
    const programs = builds.flatMap((build) => build.binaries.map((program) => ({ build, program })))
    if (programs.length === 0) {
      const reason = builds.length === 0 ? 'nothing was built' : 'the module has no main package'
      return { outcome: 'skipped', reason, observations: [] }
    }
    const observations = await Promise.all(
      programs.map(({ build, program }) => inspect(context, build, program.package, program.path)),
    )
    const failed = observations.some((observation) => observation.mismatches.length > 0)
    return { outcome: failed ? 'fail' : 'pass', observations }
  },
}

export default binary

function isPassedBuild(observation: Observation): observation is BuildObservation {
  return observation.kind === 'build' && observation.outcome === 'pass'
}

async function inspect(
  context: ProbeContext,
  build: BuildObservation,
  importPath: string,
  file: string,
): Promise<BinaryObservation> {
  const facts = await inspectBinary(context.system.files, file)
  const settings = facts.buildInfo?.settings ?? {}
  const listing = await context.listings.packages(build.target)
  const expected = nameServices(build.target.goos, importGraph(only(listing.values, importPath)))
  const linked = expected.resolver !== undefined || expected.users !== undefined
  const names = linked ? await readNameCalls(context.system.files, file, facts) : {}
  return {
    kind: 'binary',
    probe: 'binary',
    module: context.module.dir,
    target: build.target,
    package: importPath,
    format: facts.format,
    linkage: facts.linkage,
    ...(facts.interpreter === undefined ? {} : { interpreter: facts.interpreter }),
    libraries: facts.libraries,
    settings,
    ...(linked ? { names } : {}),
    mismatches: [
      ...compareBinary(facts, build.target, { cgo: build.cgo, trimpath: context.settings.trimpath }),
      ...compareNames(expected, names, settings),
    ],
  }
}

/** The listing with one program for its root, for another program of the module may link what this one does not. */
function only(packages: readonly GoPackage[], importPath: string): readonly GoPackage[] {
  return packages.map((pkg) => (pkg.ImportPath === importPath ? pkg : { ...pkg, DepOnly: true }))
}
