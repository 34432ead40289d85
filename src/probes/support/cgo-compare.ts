import path from 'node:path'

import type { CgoDifference } from '../../domain/observation.ts'
import type { GoPackage } from '../../go/list.ts'
import { inside } from '../../modules/source-path.ts'
import { declaredNames, namesUsed } from './go-text.ts'
import { chainPlace, chainTo, readSource, type ImportGraph } from './import-chains.ts'
import type { ProbeContext } from './probe.ts'
import { isStub, refusingNames, stubError, workingNames } from './stub-source.ts'

/** What changes in one package, by the names of its files; found from two listings alone. */
export interface PackageChange {
  readonly change: CgoDifference['change']
  readonly pkg: GoPackage
  /** The same package without cgo; absent when it is not listed there. */
  readonly pure?: GoPackage
  readonly lost: readonly string[]
  readonly added: readonly string[]
  readonly others: readonly string[]
}

const cNotAllowed = /^C(?:\+\+)? source files not allowed when not using cgo/

/**
 * The packages, the standard library aside, that are other packages without cgo. What only such a package imports is not
 * told: it is gone because its importer changed.
 */
export function packageChanges(on: ImportGraph, off: ImportGraph): readonly PackageChange[] {
  return [...on.packages.values()].flatMap((pkg): readonly PackageChange[] => {
    if (pkg.Standard === true || !on.built.has(pkg.ImportPath)) return []
    const pure = off.packages.get(pkg.ImportPath)
    const there = pure !== undefined && off.built.has(pkg.ImportPath)
    if (!there && (pkg.DepOnly === true || on.imported.has(pkg.ImportPath))) return []
    const before = [...(pkg.GoFiles ?? []), ...(pkg.CgoFiles ?? [])]
    const after = pure?.GoFiles ?? []
    const lost = before.filter((file) => !after.includes(file))
    const added = after.filter((file) => !before.includes(file))
    const others = otherFiles(pkg).filter((file) => pure === undefined || !otherFiles(pure).includes(file))
    const parts = { pkg, ...(pure === undefined ? {} : { pure }), lost, added, others }
    if (pkg.Error != null) {
      const refused = cNotAllowed.test(pkg.Error.Err) && pure !== undefined && pure.Error == null
      return refused && others.length > 0 ? [{ change: 'ignored', ...parts }] : []
    }
    if (lost.length === 0 && added.length === 0 && others.length === 0) return []
    if (after.length === 0) return [{ change: 'gone', ...parts }]
    return [{ change: added.length > 0 ? 'swapped' : 'shrunk', ...parts }]
  })
}

/**
 * The same changes on a port that has no cgo, where no listing with cgo exists to compare: a change of another target
 * counts when the package looks here as it does there without cgo.
 */
export function changesWithoutCgo(known: readonly PackageChange[], off: ImportGraph): readonly PackageChange[] {
  return known.flatMap((one): readonly PackageChange[] => {
    const pure = off.packages.get(one.pkg.ImportPath)
    if (pure === undefined || !off.built.has(one.pkg.ImportPath)) return []
    const files = pure.GoFiles ?? []
    if (one.lost.some((file) => files.includes(file))) return []
    const same =
      one.change === 'gone' ? files.length === 0 : files.length > 0 && one.added.every((file) => files.includes(file))
    return same ? [{ ...one, pure }] : []
  })
}

/** What the C compiler makes objects of, and SWIG. Assembly in `.S` files is for the C compiler alone (go/build, Import). */
function otherFiles(pkg: GoPackage): readonly string[] {
  const { CFiles = [], CXXFiles = [], MFiles = [], SwigFiles = [], SwigCXXFiles = [], SFiles = [] } = pkg
  return [
    ...CFiles,
    ...CXXFiles,
    ...MFiles,
    ...SwigFiles,
    ...SwigCXXFiles,
    ...SFiles.filter((name) => name.endsWith('.S')),
  ]
}

/** A change with what its source files tell: whether a stand-in is a stub, what is missed, where it is imported. */
export async function describeChange(
  context: ProbeContext,
  graph: ImportGraph,
  found: PackageChange,
): Promise<CgoDifference> {
  const { pkg, lost, added, others } = found
  const chain = chainTo(graph, pkg.ImportPath)
  const [importedAt, sources] = await Promise.all([
    chainPlace(context, graph, chain, lost.length > 0 ? lost : (pkg.GoFiles ?? [])),
    readAll(context, pkg, added),
  ])
  const nothing = found.change === 'swapped' && sources.every((source) => !/^(?:func|type|var|const)\b/m.test(source))
  const change = nothing ? 'shrunk' : found.change
  const stub = change === 'swapped' && isStub(sources)
  const says = stub ? stubError(sources) : undefined
  const partial = stub && (await stillWorks(context, found))
  const stillUsed = change === 'shrunk' ? await namesMissed(context, graph, found, chain) : []
  const own = pkg.Module?.Main === true || pkg.Module?.Version === undefined
  return {
    package: pkg.ImportPath,
    ...(own ? {} : { module: { path: pkg.Module.Path, version: pkg.Module.Version } }),
    change,
    cgoFiles: lost.map((file) => displayFile(context, pkg, file)),
    replacementFiles: added.map((file) => displayFile(context, pkg, file)),
    stub,
    ...(partial ? { stubNames: refusingNames(sources).slice(0, 10) } : {}),
    ...(says === undefined ? {} : { stubSays: says }),
    ...(others.length === 0 ? {} : { otherFiles: others.map((file) => displayFile(context, pkg, file)) }),
    ...(found.pure === undefined ? { passedOver: true as const } : {}),
    ...(change === 'gone' && (await isProgram(context, found)) ? { program: true as const } : {}),
    ...(stillUsed.length === 0 ? {} : { stillUsed }),
    ...(chain.length > 1 ? { chain } : {}),
    ...(importedAt === undefined ? {} : { importedAt }),
  }
}

/** Whether files that stay offer something that works. */
async function stillWorks(context: ProbeContext, { pkg, pure, added }: PackageChange): Promise<boolean> {
  const kept = (pure?.GoFiles ?? []).filter((file) => !added.includes(file))
  return workingNames(await readAll(context, pkg, kept)).length > 0
}

/** A main package that exports to C is the source of a library, which nobody can build without cgo. */
async function isProgram(context: ProbeContext, { pkg, lost }: PackageChange): Promise<boolean> {
  if (pkg.Name !== 'main') return false
  return (await readAll(context, pkg, lost)).every((source) => !/^\/\/export /m.test(source))
}

const mostNames = 20

/** Names that only the lost files declare and that the files which stay, or the importing package, use. */
async function namesMissed(
  context: ProbeContext,
  graph: ImportGraph,
  { pkg, pure, lost }: PackageChange,
  chain: readonly string[],
): Promise<readonly string[]> {
  const kept = pure?.GoFiles ?? []
  const [gone, rest] = await Promise.all([readAll(context, pkg, lost), readAll(context, pkg, kept)])
  const names = new Set(gone.flatMap((source) => [...declaredNames(source)]))
  for (const source of rest) for (const name of declaredNames(source)) names.delete(name)
  const missed = rest.flatMap((source, index) =>
    namesUsed(source, names).map((name) => `${name} (${displayFile(context, pkg, kept[index] ?? '')})`),
  )
  const importer = graph.packages.get(chain.at(-2) ?? '')
  if (importer !== undefined && pkg.Name !== undefined) {
    const files = [...(importer.GoFiles ?? []), ...(importer.CgoFiles ?? [])]
    const exported = new Set([...names].filter((name) => /^\p{Lu}/u.test(name)))
    for (const [index, source] of (await readAll(context, importer, files)).entries()) {
      const file = displayFile(context, importer, files[index] ?? '')
      missed.push(...namesUsed(source, exported, pkg.Name).map((name) => `${pkg.Name ?? ''}.${name} (${file})`))
    }
  }
  return missed.slice(0, mostNames)
}

const mostFiles = 200

function readAll(context: ProbeContext, pkg: GoPackage, names: readonly string[]): Promise<readonly string[]> {
  return Promise.all(names.slice(0, mostFiles).map((name) => readSource(context, path.join(pkg.Dir ?? '', name))))
}

/** A file of the repository by its path there, one of a dependency by its name in the package. */
function displayFile(context: ProbeContext, pkg: GoPackage, file: string): string {
  const relative = pkg.Module?.Main === true ? inside(context.root, path.join(pkg.Dir ?? '', file)) : undefined
  return relative ?? file
}
