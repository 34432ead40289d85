import { cut, visible } from './visible.ts'

export type Style = 'bold' | 'dim' | 'red' | 'yellow' | 'green' | 'cyan'
export type Paint = (style: Style, text: string) => string

const codes: Readonly<Record<Style, number>> = { bold: 1, dim: 2, red: 31, yellow: 33, green: 32, cyan: 36 }

/** Colours of ours, or none at all. Text of a module's has no escape sequence left when it gets here (plain). */
export function painter(colour: boolean): Paint {
  return colour
    ? (style, text) => (text === '' ? '' : `\u001b[${codes[style]}m${text}\u001b[0m`)
    : (_style, text) => text
}

/**
 * Text of anybody for a terminal: hidden characters shown, so that nothing moves the cursor or sets a title; and
 * nothing that a runner whose log this is would take for a command (runner ActionCommand.cs): `##[` anywhere in a line,
 * `::` at its beginning.
 */
export function plain(text: string, max = 4000): string {
  return cut(visible(cut(text, max)).replaceAll('\t', '    '), max)
    .replaceAll('##[', '## [')
    .replace(/(^|\s)::/g, '$1: :')
}

/** Words wrapped to a width, each line after an indent. A word that is longer keeps its length: a path stays clickable. */
export function wrap(text: string, width: number, indent: string): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of plain(text).replace(/\s+/g, ' ').trim().split(' ')) {
    if (line !== '' && indent.length + line.length + 1 + word.length > width) {
      lines.push(indent + line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return line === '' ? lines : [...lines, indent + line]
}
