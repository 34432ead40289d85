import type { Finding } from '../../domain/finding.ts'
import { compareText } from '../../domain/finding.ts'
import { formatModuleVersion } from '../../domain/module.ts'
import type { ReportModule } from '../../domain/report.ts'

/** A node of the picture: `path@version`, a main module its path. */
export interface TroubleNode {
  readonly name: string
  readonly kind: 'main' | 'trouble' | 'between'
}

export interface TroubleGraph {
  readonly nodes: readonly TroubleNode[]
  readonly edges: readonly (readonly [from: number, to: number])[]
  /** Troubled modules that did not fit. */
  readonly left: number
}

type ModuleGraph = NonNullable<ReportModule['graph']>

/**
 * The part of a dependency graph that the findings are about: the modules they name, and a shortest path to each from a
 * main module. Undefined when no finding names a module that the main module depends on.
 */
export function troubleGraph(
  graph: ModuleGraph,
  findings: readonly Finding[],
  maxNodes = 40,
): TroubleGraph | undefined {
  const mains = new Set(graph.modules.filter((module) => module.main).map((module) => module.path))
  const parents = shortestPaths(graph, mains)
  const wanted = troubled(graph, findings).filter((name) => !mains.has(name) && parents.has(name))
  const nodes = new Map<string, TroubleNode['kind']>()
  const edges = new Map<string, readonly [string, string]>()
  let left = 0
  for (const name of wanted) {
    const path = pathTo(name, parents, maxNodes)
    if (nodes.size + path.filter((node) => !nodes.has(node)).length > maxNodes) {
      left += 1
      continue
    }
    path.forEach((node, index) => {
      const before = path[index - 1]
      if (!nodes.has(node)) nodes.set(node, mains.has(node) ? 'main' : 'between')
      if (before !== undefined) edges.set(`${before}\n${node}`, [before, node])
    })
    nodes.set(name, 'trouble')
  }
  if (edges.size === 0) return undefined
  const names = [...nodes.keys()]
  const index = new Map(names.map((name, i) => [name, i]))
  return {
    nodes: [...nodes].map(([name, kind]) => ({ name, kind })),
    edges: [...edges.values()].map(([from, to]) => [index.get(from) ?? 0, index.get(to) ?? 0] as const),
    left,
  }
}

/** Breadth first from all main modules: each reached module with the one it was reached from. */
function shortestPaths(graph: ModuleGraph, mains: ReadonlySet<string>): ReadonlyMap<string, string | undefined> {
  const next = new Map<string, string[]>()
  for (const [from, to] of graph.edges) {
    const list = next.get(from)
    if (list === undefined) next.set(from, [to])
    else list.push(to)
  }
  const parents = new Map<string, string | undefined>([...mains].map((main) => [main, undefined]))
  const queue = [...mains]
  // The queue grows while it is read.
  for (const from of queue) {
    for (const to of next.get(from) ?? []) {
      if (parents.has(to)) continue
      parents.set(to, from)
      queue.push(to)
    }
  }
  return parents
}

/** From a main module to `name`; no longer than `max` + 1, since a longer one is not shown anyway. */
function pathTo(name: string, parents: ReadonlyMap<string, string | undefined>, max: number): readonly string[] {
  const path = [name]
  for (let at = parents.get(name); at !== undefined && path.length <= max; at = parents.get(at)) path.push(at)
  return path.reverse()
}

/** Node names that findings are about, in the order of the findings: by module, or by a location inside a dependency. */
function troubled(graph: ModuleGraph, findings: readonly Finding[]): readonly string[] {
  const known = new Set(graph.edges.map(([, to]) => to))
  const selected = new Map(graph.modules.map((module) => [module.path, formatModuleVersion(module)]))
  const versions = new Map<string, string[]>()
  for (const name of [...known].sort(compareText)) {
    const path = name.slice(0, name.lastIndexOf('@'))
    const list = versions.get(path)
    if (list === undefined) versions.set(path, [name])
    else list.push(name)
  }
  const names = new Set<string>()
  for (const finding of findings) {
    const { module, version } = finding
    const asNamed = module === undefined ? undefined : formatModuleVersion({ path: module, version })
    const candidates = [asNamed, module === undefined ? undefined : selected.get(module)]
    const fallback = module === undefined ? undefined : versions.get(module)?.at(-1)
    const found = candidates.find((name) => name !== undefined && known.has(name)) ?? fallback
    if (found !== undefined) names.add(found)
    for (const { file } of finding.locations) {
      const name = /^[^@\s]{1,300}@[^/\s]{1,100}(?=\/)/.exec(file)?.[0]
      if (name !== undefined && known.has(name)) names.add(name)
    }
  }
  return [...names]
}
