import type { Extent, MessageContext, Parts } from '../../domain/rule.ts'
import { onPort } from './excluded.ts'
import { clip } from './text.ts'

const mostPorts = 160

/** What is known of the ports before anything is folded: the one that the command was run for. */
export function extentHere(context: MessageContext): Extent {
  return { ports: onPort(context).replace(/^ on /, ''), partial: false, mixed: false }
}

/** ` on 32-bit ports`, or nothing where no port is known. */
export function onPorts(extent: Extent): string {
  return extent.ports === '' ? '' : ` on ${portWords(extent)}`
}

/** `windows and plan9`, or `this port` where none is known. */
export function portWords({ ports, mixed }: Extent): string {
  return ports === '' ? 'this port' : `${mixed ? 'some of ' : ''}${clip(ports, mostPorts)}`
}

/** The ports without their number, for a title. */
export function portTitle({ ports }: Extent): string {
  return ports === '' ? 'this port' : clip(ports.replace(/ \(\d+ targets\)$/, ''), 80)
}

/** The first of the values that a finding has under a name. */
export function partOf(parts: Parts, name: string): string | undefined {
  return parts[name]?.[0]
}
