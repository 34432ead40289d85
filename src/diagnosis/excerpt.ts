import type { Message } from '../domain/message.ts'

const maxLines = 20
const maxLine = 500

/** A message as its program printed it, position first, cut to what a person reads: 20 lines of 500 characters. */
export function excerptOf(message: Message): string {
  return clipLines([`${positionPrefix(message)}${message.text}`, ...message.detail.map((line) => `  ${line}`)])
}

/** The first line of a message with its position. */
export function headline(message: Message): string {
  return clipLines([`${positionPrefix(message)}${message.text}`])
}

/** Lines cut in number and length, with a note of what is not shown. */
export function clipLines(lines: readonly string[]): string {
  const shown = lines
    .slice(0, maxLines)
    .map((line) => (line.length > maxLine ? `${line.slice(0, maxLine - 1)}…` : line))
  const rest = lines.length - shown.length
  return [...shown, ...(rest > 0 ? [`… ${rest} more lines`] : [])].join('\n')
}

function positionPrefix(message: Message): string {
  const { position } = message
  if (position === undefined) return ''
  return `${position.file}:${position.line}:${position.column === undefined ? '' : `${position.column}:`} `
}
