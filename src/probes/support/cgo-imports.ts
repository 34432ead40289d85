import type { CgoImport } from '../../domain/observation.ts'
import type { GoPackage } from '../../go/list.ts'
import { chainPlace, chainTo, type ImportGraph } from './import-chains.ts'
import type { ProbeContext } from './probe.ts'

/** The file of package plugin that only returns errors (src/plugin/plugin_stubs.go). */
const pluginStub = 'plugin_stubs.go'

/**
 * Imports of `plugin`, which without cgo opens nothing, and of `runtime/cgo`, which without cgo does not link. Of the latter
 * those without cgo count, for with cgo every cgo package imports it by itself.
 */
export async function cgoImports(
  context: ProbeContext,
  built: ImportGraph,
  off: ImportGraph,
  on: ImportGraph | undefined,
): Promise<readonly CgoImport[]> {
  const stub = isStub(built)
  const stubWithCgo = on === undefined || isStub(on)
  const found = [
    ...importersOf(built, 'plugin').map((pkg) => ({ of: 'plugin' as const, pkg, graph: built })),
    ...importersOf(off, 'runtime/cgo').map((pkg) => ({ of: 'runtime/cgo' as const, pkg, graph: off })),
  ]
  return Promise.all(
    found.map(async ({ of, pkg, graph }): Promise<CgoImport> => {
      const own = pkg.Module?.Main === true
      const chain = own ? [pkg.ImportPath, of] : chainTo(graph, pkg.ImportPath)
      const importedAt = await chainPlace(context, graph, chain)
      return {
        of,
        by: pkg.ImportPath,
        own,
        ...(own || pkg.Module?.Version === undefined
          ? {}
          : { module: { path: pkg.Module.Path, version: pkg.Module.Version } }),
        stub: of === 'plugin' && stub,
        stubWithCgo: of === 'plugin' && stubWithCgo,
        ...(own || chain.length < 2 ? {} : { chain }),
        ...(importedAt === undefined ? {} : { importedAt }),
      }
    }),
  )
}

function importersOf(graph: ImportGraph, name: string): readonly GoPackage[] {
  return [...graph.packages.values()].filter(
    (pkg) => pkg.Standard !== true && graph.built.has(pkg.ImportPath) && pkg.Imports?.includes(name) === true,
  )
}

function isStub(graph: ImportGraph): boolean {
  return graph.packages.get('plugin')?.GoFiles?.includes(pluginStub) === true
}
