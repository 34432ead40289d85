import type { FileFact } from '../../domain/facts.ts'
import type { GoModFile } from '../../domain/go-files.ts'
import type { Location } from '../../domain/module.ts'
import { replaceLine, requireLine } from '../../modules/go-mod.ts'
import type { ModuleFileFacts } from './module-files.ts'

/**
 * The line that is to blame for a module: the go.mod line (of the module, then of the workspace's others) that requires
 * or replaces it, a replace in go.work, or else the line of the module whose requirements bring it in, by the graph.
 */
export async function findRequireLine(
  modulePath: string,
  moduleFiles: ModuleFileFacts,
  graph: () => Promise<readonly (readonly [from: string, to: string])[]>,
): Promise<Location | undefined> {
  const own = await moduleFiles.goMod()
  const files = [...(own === undefined ? [] : [own]), ...(await moduleFiles.otherGoMods())]
  const listed = lineIn(files, modulePath)
  if (listed !== undefined) return listed
  const work = await moduleFiles.goWork()
  const replaced = work === undefined ? undefined : replaceLine(work.content, modulePath)
  if (work !== undefined && replaced !== undefined) return { file: work.path, line: replaced }
  const bringing = bringsIn(await graph(), modulePath)
  return bringing === undefined ? undefined : lineIn(files, bringing)
}

function lineIn(files: readonly FileFact<GoModFile>[], modulePath: string): Location | undefined {
  for (const file of files) {
    const line = requireLine(file.content, modulePath) ?? replaceLine(file.content, modulePath)
    if (line !== undefined) return { file: file.path, line }
  }
  return undefined
}

/** The direct requirement on the shortest way from a main module to any version of a module. */
export function bringsIn(
  edges: readonly (readonly [from: string, to: string])[],
  modulePath: string,
): string | undefined {
  const next = new Map<string, string[]>()
  for (const [from, to] of edges) {
    const known = next.get(from)
    if (known === undefined) next.set(from, [to])
    else known.push(to)
  }
  // Only main modules stand in the graph without a version.
  const roots = [...next.keys()].filter((node) => !node.includes('@'))
  const direct = new Map<string, string>()
  const queue: string[] = []
  const reach = (node: string, by: string): void => {
    if (direct.has(node)) return
    direct.set(node, by)
    queue.push(node)
  }
  for (const root of roots) for (const node of next.get(root) ?? []) reach(node, node)
  // The queue grows while it is walked.
  for (const node of queue) {
    const by = direct.get(node) ?? node
    if (pathOf(node) === modulePath) return pathOf(by)
    for (const child of next.get(node) ?? []) reach(child, by)
  }
  return undefined
}

function pathOf(node: string): string {
  return node.split('@')[0] ?? node
}
