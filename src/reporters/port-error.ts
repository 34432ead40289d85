import { namePorts } from '../domain/port-set.ts'
import type { PortCheckError } from '../domain/port-check.ts'
import { plain } from './render/ansi.ts'
import { oneLine } from './render/visible.ts'

/** An error on one line, in the form of the compiler's, with the targets it was found on so far. */
export function renderPortError(
  error: Pick<PortCheckError, 'file' | 'line' | 'column' | 'message' | 'slots' | 'package'>,
): string {
  const { file, line, column, message, slots } = error
  const at =
    file === ''
      ? oneLine(error.package, 300)
      : [oneLine(file, 300), line, ...(column === undefined ? [] : [column])].join(':')
  return plain(`${at}: ${oneLine(message, 300)} (${namePorts(slots, [])})`, 500)
}
