import type { Log } from '../types.ts'
import { formatCommand } from './commands.ts'
import { harmlessLines } from './harmless.ts'

const progressEverySeconds = 15

/**
 * The log of a step. Whatever is passed in, each line is made harmless, so that only `Runner` can give the runner a
 * command. Warnings and errors are plain lines here: annotations are the annotation reporter's business.
 */
export function createActionsLog(
  write: (text: string) => void,
  debug: boolean,
  seconds: () => number = () => performance.now() / 1000,
): Log {
  let lastProgress = Number.NEGATIVE_INFINITY
  const lines = (text: string): void => {
    write(
      harmlessLines(text)
        .map((line) => `${line}\n`)
        .join(''),
    )
  }
  return {
    debug: (text) => {
      if (debug) lines(`debug: ${text}`)
    },
    info: lines,
    warning: (text) => lines(`warning: ${text}`),
    error: (text) => lines(`error: ${text}`),
    block(title, content) {
      // One write, so that nothing else can land inside the group.
      const body = content.flatMap(harmlessLines).map((line) => `${line}\n`)
      write(
        `${formatCommand('group', {}, harmlessLines(title).join(' '))}${body.join('')}${formatCommand('endgroup', {}, '')}`,
      )
    },
    progress(text) {
      if (text === '' || seconds() - lastProgress < progressEverySeconds) return
      lastProgress = seconds()
      lines(text)
    },
  }
}
