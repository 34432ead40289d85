/**
 * Characters that people cannot see or that reorder what they see: controls, format characters (bidi marks and
 * overrides, zero-width, tags), separators, lone surrogates, private use, and the letters that look like nothing.
 */
const hidden = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\u034f\u115f\u1160\u3164\uffa0]/gu

/** CSI sequences (ECMA-48 5.4), the colours of a compiler's output; bounded, so that a hostile one costs nothing. */
// eslint-disable-next-line no-control-regex -- the sequence is what it looks for
const ansi = /\u001b\[[0-?]{0,32}[ -/]{0,4}[@-~]/g

/** A pile of combining marks covers the neighbouring lines; four on one letter is more than any script writes. */
const pile = /(\p{M}{4})\p{M}+/gu

/**
 * Text in which every character shows: colours are removed, controls become their pictures (`␀`), other hidden
 * characters `⟨U+202E⟩`. Newlines and tabs stay; `\r\n` becomes `\n`.
 */
export function visible(text: string): string {
  return text
    .replace(ansi, '')
    .replace(/\r\n/g, '\n')
    .replace(pile, '$1')
    .replace(hidden, (character) => {
      if (character === '\n' || character === '\t') return character
      const code = character.codePointAt(0) ?? 0
      if (code < 0x20) return String.fromCodePoint(0x2400 + code)
      if (code === 0x7f) return '␡'
      return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`
    })
}

/** At most `max` UTF-16 units, the last of them `…` when something was cut; never half of a surrogate pair. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text
  let end = Math.max(0, max - 1)
  const last = text.charCodeAt(end - 1)
  if (last >= 0xd800 && last <= 0xdbff) end -= 1
  return `${text.slice(0, end)}…`
}

/** Visible text on one line: white space becomes one space. Cuts first, so that ten megabytes cost no more than `max`. */
export function oneLine(text: string, max = 2000): string {
  return cut(visible(cut(text, max)).replace(/\s+/g, ' ').trim(), max)
}

/**
 * Visible lines within limits, for excerpts. When they do not fit, the beginning and the end stay and a line says how
 * many lines lie between: a compiler's first error and a program's last words are what people look for.
 */
export function boundedLines(text: string, maxLines: number, maxChars: number): readonly string[] {
  // A line break may stand anywhere: look at no more than can be shown, from both ends.
  const lines = text.length > maxChars * 2 ? [...head(text, maxChars), ...tail(text, maxChars)] : text.split('\n')
  const shown = trimBlank(lines.map((line) => cut(visible(cut(line, 500)), 500).trimEnd()))
  let first = Math.ceil((maxLines * 2) / 3)
  let last = maxLines - first
  if (shown.length <= maxLines && total(shown) <= maxChars) return shown
  while (first > 1 && total(shown.slice(0, first)) + total(shown.slice(-last)) > maxChars) {
    first -= 1
    if (last > 1) last -= 1
  }
  const between = Math.max(0, shown.length - first - last)
  const end = last > 0 ? shown.slice(-last) : []
  if (between === 0) return shown.map((line) => cut(line, Math.max(20, Math.floor(maxChars / shown.length))))
  const exact = text.length <= maxChars * 2
  return [...shown.slice(0, first), exact ? `… ${between} more lines …` : '… more lines …', ...end].map((line) =>
    cut(line, maxChars),
  )
}

function head(text: string, chars: number): readonly string[] {
  return text.slice(0, chars).split('\n')
}

function tail(text: string, chars: number): readonly string[] {
  return text.slice(-chars).split('\n')
}

function total(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + line.length + 1, 0)
}

function trimBlank(lines: readonly string[]): readonly string[] {
  const first = lines.findIndex((line) => line.trim() !== '')
  const last = lines.findLastIndex((line) => line.trim() !== '')
  return first === -1 ? [] : lines.slice(first, last + 1)
}
