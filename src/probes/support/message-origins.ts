import type { Message } from '../../domain/message.ts'
import type { ModuleVersion } from '../../domain/module.ts'
import type { CommandObservation } from '../../domain/observation.ts'
import type { GoPackage } from '../../go/list.ts'
import { chainTo, importGraph, type ImportGraph } from './import-chains.ts'

/**
 * The messages about packages of dependencies with the module that they are of, which a position in vendor/ does not tell,
 * and with the shortest chain of imports that leads to them, from a listing with dependencies.
 */
export function withOrigins(observation: CommandObservation, packages: readonly GoPackage[]): CommandObservation {
  if (!observation.messages.some((message) => message.package !== undefined)) return observation
  const graph = importGraph(packages)
  const known = new Map<string, Pick<Message, 'module' | 'importStack'>>()
  const messages = observation.messages.map((message): Message => {
    if (message.package === undefined) return message
    const origin = known.get(message.package) ?? originOf(graph, message.package)
    known.set(message.package, origin)
    return { ...origin, ...message }
  })
  return { ...observation, messages }
}

function originOf(graph: ImportGraph, importPath: string): Pick<Message, 'module' | 'importStack'> {
  const module = moduleOf(graph.packages.get(importPath))
  if (module === undefined) return {}
  const chain = chainTo(graph, importPath)
  return { module, ...(chain.length < 2 ? {} : { importStack: chain }) }
}

/** A dependency at its version; undefined for the team's own code, a folder that replaces a module, and the standard library. */
function moduleOf(pkg: GoPackage | undefined): ModuleVersion | undefined {
  const { Module: module } = pkg ?? {}
  if (module === undefined || module.Main === true) return undefined
  const version = module.Replace === undefined ? module.Version : module.Replace.Version
  return version === undefined || module.Version === undefined
    ? undefined
    : { path: module.Path, version: module.Version }
}
