import { plainLine } from '../harmless.ts'
import type { Log } from '../types.ts'

interface TerminalLogOptions {
  readonly write: (text: string) => void
  /** Width in columns when `write` goes to a terminal that can take a line back. */
  readonly columns?: number | undefined
  readonly debug?: boolean
}

/** A plain log for terminals: nothing of the module's can move the cursor, colour the screen or command a runner. */
export function createTerminalLog(options: TerminalLogOptions): Log {
  const { write, columns } = options
  let progressShown = false
  const clear = (): void => {
    if (progressShown) write('\r\u001b[K')
    progressShown = false
  }
  const line = (text: string): void => {
    clear()
    write(`${harmless(text)}\n`)
  }
  return {
    debug: (text) => {
      if (options.debug === true) line(`debug: ${text}`)
    },
    info: line,
    warning: (text) => line(`warning: ${text}`),
    error: (text) => line(`error: ${text}`),
    block(title, lines) {
      line(title)
      for (const text of lines) line(`  ${text}`)
    },
    progress(text) {
      if (columns === undefined) return
      clear()
      if (text === '') return
      write(
        harmless(text)
          .replaceAll('\n', ' ')
          .slice(0, Math.max(10, columns - 1)),
      )
      progressShown = true
    },
  }
}

function harmless(text: string): string {
  return text.split('\n').map(plainLine).join('\n')
}
