// unicode.IsSpace, which JavaScript's \s is not: that one has U+FEFF and lacks U+0085.
const goSpace = /[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/

/** Cuts a line at white space as Go's strings.Fields does; at most `most` fields are returned. */
export function fields(line: string, most: number): readonly string[] {
  // A line may begin and end with space, which makes empty fields.
  return line
    .split(goSpace, most + 2)
    .filter((field) => field !== '')
    .slice(0, most)
}
