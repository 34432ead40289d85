import type { Message } from '../../domain/message.ts'
import type { Location } from '../../domain/module.ts'
import type { MessageContext } from '../../domain/rule.ts'
import { moduleIn, plain } from './text.ts'
import { messageLocations, moduleLocations } from './where.ts'

/** What git said while the go command fetched a module, and which module that was. */
export interface GitCase {
  readonly block: string
  readonly module?: { readonly path: string; readonly version: string }
  /** `example.com/lib@v1.0.0`, or `a module`. */
  readonly name: string
  readonly locations: readonly Location[]
}

/** The case of a message, with the module from the go command's own words before git's. */
export async function gitCase(message: Message, { facts }: MessageContext): Promise<GitCase> {
  const block = plain(message)
  const module = moduleIn(block, message)
  const own = await messageLocations(message, facts)
  return {
    block,
    ...(module === undefined ? {} : { module }),
    name: module === undefined ? 'a module' : `${module.path}@${module.version}`,
    locations: own.length > 0 ? own : await moduleLocations(module?.path, facts),
  }
}
