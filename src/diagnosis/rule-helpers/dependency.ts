import type { Fix } from '../../domain/finding.ts'
import type { Message } from '../../domain/message.ts'
import { formatModuleVersion } from '../../domain/module.ts'
import type { Extent, Parts } from '../../domain/rule.ts'
import { successorsOf } from '../data/successors.ts'
import { advice, command } from './advice.ts'
import { partOf, portWords } from './extent.ts'
import { enumerate, splitModule } from './text.ts'

/** Most packages of a chain that are shown; what lies between is left out. */
const mostLinks = 6

/** Whose code a message is about and how it gets into the build, as parts of a finding. */
export function originParts(message: Message): Parts {
  const { module, importStack = [] } = message
  return {
    modules: module === undefined ? [] : [formatModuleVersion(module)],
    chains: module === undefined || importStack.length < 2 ? [] : [chainText(importStack)],
  }
}

/** `example.com/m/cmd -> github.com/x/y -> go.etcd.io/bbolt`. */
export function chainText(chain: readonly string[]): string {
  const links =
    chain.length <= mostLinks ? chain : [...chain.slice(0, mostLinks / 2), '…', ...chain.slice(-mostLinks / 2)]
  return links.join(' -> ')
}

/** How the package gets into the build, as a sentence to come before the reason; undefined for the team's own code. */
export function whyInBuild(parts: Parts, reason: string): { readonly why?: string } {
  const [chain, ...others] = [...(parts.chains ?? [])].sort((a, b) => a.length - b.length)
  if (chain === undefined) return {}
  const more = others.length === 0 ? '' : ` (and ${others.length} more ${others.length === 1 ? 'way' : 'ways'})`
  return { why: `Imported through ${chain}${more}. ${reason}` }
}

/** The module of a finding about a dependency, without its version. */
export function dependencyOf(parts: Parts): string | undefined {
  const module = partOf(parts, 'modules')
  return module === undefined ? undefined : splitModule(module).path
}

/** What can be done about a dependency that does not compile on some ports. */
export function dependencyFix(module: string, extent: Extent): Fix {
  const successors = successorsOf(module)
  const next =
    successors.length === 0
      ? ''
      : ` ${module} is no longer kept up; ${enumerate(successors.map((one) => one.path))} ${successors.length === 1 ? 'goes' : 'go'} on from it.`
  const ports = portWords(extent)
  return advice(
    `Use a version of ${module} that supports ${ports.length > 60 ? 'these ports' : ports}, import it only from files for other ports, or do not build there.${next} With the input prove: ports, gopreflight tries newer versions and known successors.`,
    [command('go', 'list', '-m', '-versions', module)],
  )
}
