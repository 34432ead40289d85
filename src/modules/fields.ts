// unicode.IsSpace, which JavaScript's \s is not: that one has U+FEFF and lacks U+0085.
const goSpace = /[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/

/**
 * Cuts a line at white space as Go's strings.Fields does; at most `most` fields are returned. Character by character: a
 * pattern that takes a run of millions of spaces keeps a place for each on the stack.
 */
export function fields(line: string, most: number): readonly string[] {
  const found: string[] = []
  let start = -1
  for (let at = 0; at <= line.length; at++) {
    const isSpace = at === line.length || isGoSpace(line.charCodeAt(at))
    if (!isSpace && start < 0) start = at
    if (isSpace && start >= 0) {
      found.push(line.slice(start, at))
      if (found.length === most) return found
      start = -1
    }
  }
  return found
}

function isGoSpace(code: number): boolean {
  return code <= 0x20
    ? code === 0x20 || (code >= 9 && code <= 13)
    : code > 0x7e && goSpace.test(String.fromCharCode(code))
}
