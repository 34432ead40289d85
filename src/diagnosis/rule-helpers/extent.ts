import type { Extent, MessageContext, Parts } from '../../domain/rule.ts'
import { onPort } from './excluded.ts'
import { clip } from './text.ts'

const mostPorts = 160
const mostTitle = 70

/** What is known of the ports before anything is folded: the one that the command was run for. */
export function extentHere(context: MessageContext): Extent {
  return { ports: onPort(context).replace(/^ on /, ''), partial: false, mixed: false }
}

/** The port of a command that was typed for one, as a part: a log has no targets that a finding could name. */
export function typedPort(context: MessageContext): Parts {
  const { ports } = extentHere(context)
  return context.command.target !== undefined || ports === '' ? {} : { ports: [ports] }
}

/** ` on 32-bit ports`, or nothing where no port is known. */
export function onPorts(extent: Extent): string {
  return extent.ports === '' ? '' : ` on ${portWords(extent)}`
}

/** `windows and plan9`, or `this port` where none is known. */
export function portWords({ ports, mixed }: Extent): string {
  return ports === '' ? 'this port' : `${mixed ? 'some of ' : ''}${clip(ports, mostPorts)}`
}

/** The ports for a title: without their number, or nothing but their number where they are many. */
export function portTitle({ ports }: Extent): string {
  const [, words = ports, count] = /^([^]*) \((\d+) targets\)$/.exec(ports) ?? []
  if (ports === '') return 'this port'
  return words.length > mostTitle && count !== undefined ? `${count} ports` : clip(words, mostTitle)
}

/** The first of the values that a finding has under a name. */
export function partOf(parts: Parts, name: string): string | undefined {
  return parts[name]?.[0]
}
