/** What GOFLAGS asks of a build, as far as it decides about files. */
export interface GoFlags {
  /** Of -tags; absent when the flag is not there. */
  readonly tags?: readonly string[]
  readonly mod?: string
  readonly modfile?: string
  readonly overlay?: string
  /** `race`, `msan` or `asan`: each sets a tag of its name. */
  readonly instrumented: readonly string[]
}

const instruments = ['race', 'msan', 'asan']

/**
 * Reads GOFLAGS as the go command does: words at white space, each a flag of its own with `=`, one or two dashes in front,
 * quotes around a whole word (cmd/internal/quoted, cmd/go/internal/base/goflags.go). The last of a name counts.
 */
export function parseGoFlags(goFlags: string): GoFlags {
  const values = new Map<string, string>()
  for (const word of words(goFlags)) {
    const flag = /^--?([a-z][a-z0-9]{0,30})(?:=(.*))?$/is.exec(word)
    if (flag?.[1] !== undefined) values.set(flag[1], flag[2] ?? 'true')
  }
  const tags = values.get('tags')
  const mod = values.get('mod')
  const modfile = values.get('modfile')
  const overlay = values.get('overlay')
  return {
    ...(tags === undefined ? {} : { tags: splitTags(tags) }),
    ...(mod === undefined ? {} : { mod }),
    ...(modfile === undefined ? {} : { modfile }),
    ...(overlay === undefined ? {} : { overlay }),
    instrumented: instruments.filter((name) =>
      ['true', '1', 't', 'T', 'TRUE', 'True'].includes(values.get(name) ?? ''),
    ),
  }
}

/** `-tags` takes a list with commas, or in old use with spaces (cmd/go/internal/work/build.go, tagsFlag). */
function splitTags(value: string): readonly string[] {
  return value.split(/[,\s]/).filter((tag) => tag !== '')
}

function words(text: string): readonly string[] {
  const found: string[] = []
  for (let at = 0; at < text.length;) {
    const start = text.charAt(at)
    if (/\s/.test(start)) {
      at++
      continue
    }
    const quoted = start === '"' || start === "'"
    const from = quoted ? at + 1 : at
    let end = from
    while (end < text.length && (quoted ? text.charAt(end) !== start : !/\s/.test(text.charAt(end)))) end++
    found.push(text.slice(from, end))
    at = quoted ? end + 1 : end
  }
  return found
}
