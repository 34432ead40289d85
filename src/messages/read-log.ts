import type { Message } from '../domain/message.ts'
import type { CommandObservation } from '../domain/observation.ts'
import { createMessageCollector } from './collect.ts'

/** Reads a pasted log line by line; `observation` is its one command observation, complete after `end`. */
export interface LogReader {
  readonly push: (line: string) => void
  readonly end: () => CommandObservation
}

// Words with which programs that we do not know say that they failed. They count only where nothing else was recognised.
const failing =
  /\b(?:error|fatal|failed|failure|cannot|could not|unable to|not found|undefined|denied|refused|killed|panic|invalid|unknown|unsupported|no such)\b/i

/**
 * Reads a log of which nothing else is known. It counts as failed when a message says so; its command is the last one
 * echoed before the first error, or empty. `interesting`: which lines of unknown printers to keep, see collect.ts.
 */
export function createLogReader(interesting?: (message: Pick<Message, 'text' | 'detail'>) => boolean): LogReader {
  const collector = createMessageCollector(interesting)
  const unknown: string[] = []
  let number = 0
  let last = 0
  const push = (line: string): void => {
    collector.push(line)
    number++
    if (line.trim() !== '') last = number
    if (unknown.length < 20 && failing.test(line.length > 1000 ? line.slice(0, 1000) : line)) {
      unknown.push(line.slice(0, 1000))
    }
  }
  return {
    push,
    end() {
      collector.end()
      const { messages, tail } = collector.collected()
      const firstError = messages.findIndex((message) => message.kind === 'error')
      const before = messages.slice(0, firstError < 0 ? messages.length : firstError)
      return {
        kind: 'command',
        probe: 'diagnose',
        command: before.findLast((message) => message.command !== undefined)?.command ?? '',
        exitCode: null,
        failed: firstError >= 0,
        timedOut: false,
        messages,
        lines: last,
        tail: firstError < 0 && unknown.length > 0 ? unknown : tail,
        advisory: false,
      }
    },
  }
}

/** The observation of a log that is at hand as one text. */
export function readLog(
  text: string,
  interesting?: (message: Pick<Message, 'text' | 'detail'>) => boolean,
): CommandObservation {
  const reader = createLogReader(interesting)
  for (const line of text.split('\n')) reader.push(line)
  return reader.end()
}
