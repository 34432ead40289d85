import type { Message } from '../domain/message.ts'
import { createMessageReader, type MessageReader } from './reader.ts'

/** Messages kept of an output of any size, and its last lines. */
export interface Collected {
  readonly messages: readonly Message[]
  /** At most 20 lines of at most 1000 characters, as they came. */
  readonly tail: readonly string[]
  /** Errors over the most that are kept. */
  readonly omitted: number
}

const most = { error: 3000, warning: 1000, info: 1000 }
const mostTail = 20
const maxTailLine = 1000

/**
 * A reader that keeps what matters of an output of any length: errors and warnings, echoed commands, and of the rest what
 * `interesting` asks for (the markers of the rules, for a line that we know no printer of) as well as what stands at the
 * beginning. Repeats of a message are counted, not kept: Go up to 1.19 prints some twice, a log in a loop a thousand times.
 */
export function createMessageCollector(
  interesting: (message: Pick<Message, 'text' | 'detail'>) => boolean = () => true,
): MessageReader & { readonly collected: () => Collected } {
  const kept = new Map<string, { message: Message; count: number }>()
  const room = { ...most }
  const tail: string[] = []
  let next = 0
  let omitted = 0
  const isWanted = (text: string): boolean => room.info > 0 && interesting({ text, detail: [] })
  const reader = createMessageReader((message) => {
    const noise = message.kind === 'info' && message.command === undefined && !isNews(message)
    // What no program is known to print was asked for before it became a message.
    if (noise && message.printer !== 'unknown' && !interesting(message)) return
    const key = keyOf(message)
    const known = kept.get(key)
    if (known !== undefined) known.count++
    else if (room[message.kind] === 0) {
      if (message.kind === 'error') omitted++
    } else {
      room[message.kind]--
      // Its strings are slices of what was read: as they are, each would keep a whole piece of the log in memory.
      const copy = structuredClone(message)
      kept.set(keyOf(copy), { message: copy, count: 1 })
    }
  }, isWanted)
  return {
    push(line) {
      reader.push(line)
      if (line.trim() === '') return
      tail[next % mostTail] = line.length > maxTailLine ? line.slice(0, maxTailLine) : line
      next++
    },
    end: reader.end,
    collected() {
      const start = next > mostTail ? next % mostTail : 0
      return {
        messages: [...kept.values()].map(({ message, count }) => (count === 1 ? message : { ...message, count })),
        tail: [...tail.slice(start), ...tail.slice(0, start)],
        omitted,
      }
    },
  }
}

/** What the go command says of itself: which module it fetches, which toolchain it switches to. */
function isNews(message: Message): boolean {
  return message.printer === 'go'
}

function keyOf(message: Message): string {
  const { position } = message
  const at = position === undefined ? '' : `${position.file}:${position.line}:${position.column ?? 0}`
  return `${message.printer}\0${message.kind}\0${at}\0${message.package ?? ''}\0${message.text}\0${message.detail.join('\n')}`
}
