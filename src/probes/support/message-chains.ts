import type { Message } from '../../domain/message.ts'
import type { CommandObservation } from '../../domain/observation.ts'
import type { GoPackage } from '../../go/list.ts'
import { chainTo, importGraph } from './import-chains.ts'

/**
 * The messages about packages of dependencies with the shortest chain of imports that leads to them, from a listing with
 * dependencies. Messages that know their chain keep it.
 */
export function withImportChains(observation: CommandObservation, packages: readonly GoPackage[]): CommandObservation {
  if (!observation.messages.some(needsChain)) return observation
  const graph = importGraph(packages)
  const chains = new Map<string, readonly string[]>()
  const messages = observation.messages.map((message) => {
    if (!needsChain(message)) return message
    const chain = chains.get(message.package) ?? chainTo(graph, message.package)
    chains.set(message.package, chain)
    return chain.length < 2 ? message : { ...message, importStack: chain }
  })
  return { ...observation, messages }
}

function needsChain(message: Message): message is Message & { readonly package: string } {
  return message.module !== undefined && message.package !== undefined && message.importStack === undefined
}
