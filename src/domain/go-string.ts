const escapes: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  '"': '"',
}
const escapePattern = /\\(?:([abfnrtv\\"])|x([0-9a-fA-F]{2})|([0-7]{3})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/y

/**
 * The value of a Go string literal, in double quotes or backquotes (https://go.dev/ref/spec#String_literals);
 * undefined when it is none.
 */
export function unquoteGoString(literal: string): string | undefined {
  const quote = literal[0]
  if (literal.length < 2 || literal.at(-1) !== quote) return undefined
  const body = literal.slice(1, -1)
  if (quote === '`') return body.includes('`') ? undefined : body.replaceAll('\r', '')
  return quote === '"' && !body.includes('\n') ? unescape(body) : undefined
}

function unescape(body: string): string | undefined {
  if (!body.includes('\\') && !body.includes('"')) return body
  // \x and octal escapes are bytes, which only together make characters.
  const encoder = new TextEncoder()
  const bytes: number[] = []
  for (let at = 0; at < body.length;) {
    const next = body.indexOf('\\', at)
    const plain = body.slice(at, next < 0 ? undefined : next)
    if (plain.includes('"')) return undefined
    for (const byte of encoder.encode(plain)) bytes.push(byte)
    if (next < 0) break
    escapePattern.lastIndex = next
    const found = escapePattern.exec(body)
    const value = found === null ? undefined : escapedBytes(found)
    if (value === undefined) return undefined
    bytes.push(...value)
    at = escapePattern.lastIndex
  }
  return new TextDecoder().decode(Uint8Array.from(bytes))
}

function escapedBytes(found: RegExpExecArray): readonly number[] | undefined {
  const [, simple, hex, octal, short, long] = found
  if (simple !== undefined) return [(escapes[simple] ?? '').charCodeAt(0)]
  if (hex !== undefined) return [parseInt(hex, 16)]
  if (octal !== undefined) return parseInt(octal, 8) > 255 ? undefined : [parseInt(octal, 8)]
  const code = parseInt(short ?? long ?? '', 16)
  const surrogate = code >= 0xd800 && code <= 0xdfff
  return code > 0x10ffff || surrogate ? undefined : [...new TextEncoder().encode(String.fromCodePoint(code))]
}
