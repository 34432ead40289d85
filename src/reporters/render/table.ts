/** A GitHub table. Cells are Markdown of ours already, escaped for cells; `align` has one letter per column: l, c or r. */
export function table(header: readonly string[], align: string, rows: readonly (readonly string[])[]): string {
  const marks: Readonly<Record<string, string>> = { l: ':--', c: ':-:', r: '--:' }
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(header), line([...align].map((letter) => marks[letter] ?? '---')), ...rows.map(line)].join('\n')
}

/** A folded section. `summary` is HTML of ours (proseHtml); the blank lines make GitHub read the body as Markdown. */
export function details(summary: string, body: string): string {
  return `<details><summary>${summary}</summary>\n\n${body}\n\n</details>`
}
