/** A requirement that `go mod tidy` adds, removes or changes. */
export interface TidyLine {
  readonly path: string
  readonly version: string
}

/** What a diff of go.mod and go.sum does, requirement by requirement. */
export interface TidyChange {
  readonly added: readonly TidyLine[]
  readonly removed: readonly TidyLine[]
  readonly changed: readonly (TidyLine & { readonly from: string })[]
  /** Lines of go.mod that change and are no requirement. */
  readonly otherModLines: number
  readonly sumAdded: number
  readonly sumRemoved: number
}

/**
 * Reads the unified diff that `go mod tidy -diff` prints (or one made of a scratch copy). Requirements that only move
 * between blocks cancel out; one whose `// indirect` mark changes counts as changed from its version to the same one.
 */
export function readTidyDiff(diff: string): TidyChange {
  let file: 'mod' | 'sum' | undefined
  let otherModLines = 0
  let sumAdded = 0
  let sumRemoved = 0
  const plus = new Map<string, { readonly version: string; readonly text: string }>()
  const minus = new Map<string, { readonly version: string; readonly text: string }>()
  for (const line of diff.split('\n')) {
    const heading = /^(?:---|\+\+\+) [^\n]*go(?:\.work)?\.(mod|sum)\b/.exec(line)?.[1]
    if (heading !== undefined) {
      file = heading === 'mod' ? 'mod' : 'sum'
      continue
    }
    const sign = line[0]
    if ((sign !== '+' && sign !== '-') || line.trim().length < 2) continue
    if (file === 'sum') {
      if (sign === '+') sumAdded++
      else sumRemoved++
      continue
    }
    const text = line
      .slice(1)
      .trim()
      .replace(/^require /, '')
    const [, quoted, bare, version] =
      /^(?:\"([\w.~/+-]+)\"|([\w.~+-][\w.~/+-]*)) (v\d[\w.+-]*)(?: \/\/[^\n]*)?$/.exec(text) ?? []
    const path = quoted ?? bare
    if (path === undefined || version === undefined) otherModLines++
    else (sign === '+' ? plus : minus).set(path, { version, text })
  }
  const changed: (TidyLine & { readonly from: string })[] = []
  const added: TidyLine[] = []
  for (const [path, { version, text }] of plus) {
    const before = minus.get(path)
    if (before === undefined) added.push({ path, version })
    else if (before.text !== text) changed.push({ path, version, from: before.version })
  }
  const removed = [...minus].filter(([path]) => !plus.has(path)).map(([path, { version }]) => ({ path, version }))
  return { added, removed, changed, otherModLines, sumAdded, sumRemoved }
}
