import path from 'node:path'

import type { GoPackage } from '../../go/list.ts'
import { inside } from '../../modules/source-path.ts'
import { importPlace, packageClauseLine } from './go-text.ts'
import type { ProbeContext } from './probe.ts'

export interface Place {
  readonly file: string
  readonly line: number
  readonly column?: number
}

/** A listing as the graph that it is: what is built, and who imports whom. Tests are no part of it. */
export interface ImportGraph {
  readonly packages: ReadonlyMap<string, GoPackage>
  /** The packages that the patterns match, with all that they import. */
  readonly built: ReadonlySet<string>
  /** What any of these imports. */
  readonly imported: ReadonlySet<string>
  /** The main packages, with all that they import. */
  readonly programs: ReadonlySet<string>
}

export function importGraph(packages: readonly GoPackage[]): ImportGraph {
  const plain = packages.filter((pkg) => pkg.ForTest === undefined && !pkg.ImportPath.endsWith('.test'))
  const byPath = new Map(plain.map((pkg) => [pkg.ImportPath, pkg]))
  const roots = plain.filter((pkg) => pkg.DepOnly !== true)
  const built = reachable(byPath, roots)
  return {
    packages: byPath,
    built,
    imported: new Set([...built].flatMap((name) => byPath.get(name)?.Imports ?? [])),
    programs: reachable(
      byPath,
      roots.filter((pkg) => pkg.Name === 'main'),
    ),
  }
}

function reachable(packages: ReadonlyMap<string, GoPackage>, roots: readonly GoPackage[]): ReadonlySet<string> {
  const seen = new Set<string>()
  const queue = [...roots]
  for (let pkg = queue.pop(); pkg !== undefined; pkg = queue.pop()) {
    if (seen.has(pkg.ImportPath)) continue
    seen.add(pkg.ImportPath)
    for (const name of pkg.Imports ?? []) {
      const imported = packages.get(name)
      if (imported !== undefined) queue.push(imported)
    }
  }
  return seen
}

/**
 * The shortest way from a package of the team to another: its own packages first, then those that they import. For a
 * package of their own it starts at one that imports it, or is the package alone.
 */
export function chainTo(graph: ImportGraph, importPath: string): readonly string[] {
  const own = [...graph.packages.values()].filter((pkg) => pkg.Module?.Main === true && graph.built.has(pkg.ImportPath))
  const importer = own.find((pkg) => pkg.Imports?.includes(importPath) === true)
  if (importer !== undefined) return [importer.ImportPath, importPath]
  const from = new Map<string, string | undefined>(own.map((pkg) => [pkg.ImportPath, undefined]))
  const queue = own.map((pkg) => pkg.ImportPath)
  for (const at of queue) {
    if (at === importPath) break
    for (const next of graph.packages.get(at)?.Imports ?? []) {
      if (from.has(next)) continue
      from.set(next, at)
      queue.push(next)
    }
  }
  const chain = [importPath]
  for (let at = from.get(importPath); at !== undefined; at = from.get(at)) chain.unshift(at)
  return chain
}

/**
 * Where the first step of a chain is written: the import in a package of the team. For a chain of one package its own first
 * file of those given.
 */
export async function chainPlace(
  context: ProbeContext,
  graph: ImportGraph,
  chain: readonly string[],
  ownFiles: readonly string[] = [],
): Promise<Place | undefined> {
  const first = graph.packages.get(chain[0] ?? '')
  if (first?.Dir === undefined || first.Module?.Main !== true) return undefined
  const target = chain[1]
  const names = target === undefined ? ownFiles : [...(first.GoFiles ?? []), ...(first.CgoFiles ?? [])]
  for (const name of names) {
    const file = path.join(first.Dir, name)
    const relative = inside(context.root, file)
    if (relative === undefined) continue
    const source = await readSource(context, file)
    if (target !== undefined) {
      const place = importPlace(source, target)
      if (place !== undefined) return { file: relative, ...place }
    } else {
      return { file: relative, ...(importPlace(source, 'C') ?? { line: packageClauseLine(source) }) }
    }
  }
  return undefined
}

const mostBytes = 4 * 1024 * 1024

/** The text of a source file; empty when it cannot be read or is no source that a person wrote. */
export async function readSource(context: Pick<ProbeContext, 'system'>, file: string): Promise<string> {
  const { files } = context.system
  const stat = await files.stat(file).catch(() => undefined)
  if (stat?.kind !== 'file' || stat.bytes > mostBytes) return ''
  return files.readText(file).catch(() => '')
}
