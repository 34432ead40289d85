import path from 'node:path'

import type { CgoDifference, CgoObservation } from '../domain/observation.ts'
import type { GoPackage } from '../go/list.ts'
import { inside } from '../modules/source-path.ts'
import { isStubSource } from './support/stub-source.ts'
import type { Probe, ProbeContext } from './support/probe.ts'

/** What disappears, or turns into a stub, when cgo is off. */
const cgo: Probe = {
  name: 'cgo',
  title: 'What the program loses when cgo is off',
  what: `Lists the packages of the host with CGO_ENABLED=1 and with CGO_ENABLED=0 and compares them, without compiling: packages
that are gone, packages whose cgo files just disappear, and packages in which another file stands in for them, perhaps one
that only returns errors. cgo is off whenever a build is a cross build or no C compiler is on PATH.`,
  async run(context) {
    const { host } = context
    const [on, off, env] = await Promise.all([
      context.listings.packages({ ...host, cgo: true }),
      context.listings.packages({ ...host, cgo: false }),
      context.listings.env(host),
    ])
    if (!on.ok || !off.ok) return { outcome: 'skipped', reason: 'the packages could not be loaded', observations: [] }
    const differences = await compare(context, on.values, off.values)
    const observation: CgoObservation = {
      kind: 'cgo',
      probe: 'cgo',
      module: context.module.dir,
      target: host,
      enabled: env.CGO_ENABLED === '1',
      differences,
    }
    return { outcome: 'pass', observations: [observation] }
  },
}

export default cgo

async function compare(
  context: ProbeContext,
  on: readonly GoPackage[],
  off: readonly GoPackage[],
): Promise<readonly CgoDifference[]> {
  const without = new Map(off.map((pkg) => [pkg.ImportPath, pkg]))
  const built = reachable(on)
  const changed = on.filter((pkg) => built.has(pkg.ImportPath) && isCandidate(pkg) && pkg.Error == null)
  return Promise.all(
    changed.map(async (pkg): Promise<CgoDifference> => {
      const pure = without.get(pkg.ImportPath)
      const before = new Set(pkg.GoFiles ?? [])
      const replacementFiles = (pure?.GoFiles ?? []).filter((file) => !before.has(file))
      const change =
        pure === undefined || (pure.GoFiles ?? []).length === 0
          ? 'gone'
          : replacementFiles.length > 0
            ? 'swapped'
            : 'shrunk'
      const importedAt = await importPosition(context, pkg.ImportPath, on)
      return {
        package: pkg.ImportPath,
        ...(pkg.Module?.Main === true || pkg.Module?.Version === undefined
          ? {}
          : { module: { path: pkg.Module.Path, version: pkg.Module.Version } }),
        change,
        cgoFiles: (pkg.CgoFiles ?? []).map((file) => displayFile(context, pkg, file)),
        replacementFiles: replacementFiles.map((file) => displayFile(context, pkg, file)),
        stub: change === 'swapped' && (await allStubs(context, pkg, replacementFiles)),
        ...(importedAt === undefined ? {} : { importedAt }),
      }
    }),
  )
}

/** What the packages of the module are built from, without what only their tests import. */
function reachable(packages: readonly GoPackage[]): ReadonlySet<string> {
  const byPath = new Map(packages.filter((pkg) => pkg.ForTest === undefined).map((pkg) => [pkg.ImportPath, pkg]))
  const seen = new Set<string>()
  const queue = [...byPath.values()].filter((pkg) => pkg.DepOnly !== true && !pkg.ImportPath.endsWith('.test'))
  for (let pkg = queue.pop(); pkg !== undefined; pkg = queue.pop()) {
    if (seen.has(pkg.ImportPath)) continue
    seen.add(pkg.ImportPath)
    for (const name of pkg.Imports ?? []) {
      const imported = byPath.get(name)
      if (imported !== undefined) queue.push(imported)
    }
  }
  return seen
}

/** Tests of a package list it again under another name; the standard library's own two faces are known to all. */
function isCandidate(pkg: GoPackage): boolean {
  return pkg.Standard !== true && pkg.ForTest === undefined && (pkg.CgoFiles?.length ?? 0) > 0
}

async function allStubs(context: ProbeContext, pkg: GoPackage, files: readonly string[]): Promise<boolean> {
  const sources = await Promise.all(files.map((file) => context.system.files.readText(path.join(pkg.Dir ?? '', file))))
  return sources.length > 0 && sources.every(isStubSource)
}

/** A file of the repository by its path there, one of a dependency by its name in the package. */
function displayFile(context: ProbeContext, pkg: GoPackage, file: string): string {
  const relative = pkg.Module?.Main === true ? inside(context.root, path.join(pkg.Dir ?? '', file)) : undefined
  return relative ?? file
}

/** The first import of a package in the main module, by file and line. */
async function importPosition(
  context: ProbeContext,
  importPath: string,
  packages: readonly GoPackage[],
): Promise<CgoDifference['importedAt']> {
  for (const pkg of packages) {
    if (pkg.Module?.Main !== true || pkg.ForTest !== undefined || pkg.Imports?.includes(importPath) !== true) continue
    for (const name of [...(pkg.GoFiles ?? []), ...(pkg.CgoFiles ?? [])]) {
      const file = path.join(pkg.Dir ?? '', name)
      const relative = inside(context.root, file)
      if (relative === undefined) continue
      const lines = (await context.system.files.readText(file)).split('\n')
      const at = lines.findIndex((line) => line.includes(`"${importPath}"`))
      const text = lines[at]
      if (text !== undefined) return { file: relative, line: at + 1, column: text.indexOf(`"${importPath}"`) + 1 }
    }
  }
  return undefined
}
