/** A line of `go build -json` (Go 1.24, `go help buildjson`). */
export interface BuildEvent {
  readonly ImportPath?: string
  readonly Action: 'build-output' | 'build-fail'
  readonly Output?: string
}

/** cmd/go/internal/load/printer.go, jsonBuildEvent: the order of its members. */
const outputStart = /^\{"ImportPath":"([^"\\]{0,2000})","Action":"build-output","Output":"/
/** The longest escape that a cut may have split: `\u0000`. */
const longestEscape = 6

/**
 * The event of a line, or undefined for a line that is none: the go command prints load errors as plain text. A line that
 * was cut because it was too long (a name of 100 KB, the command of a linker) is an event with as much output as there is.
 */
export function parseBuildEvent(line: string): BuildEvent | undefined {
  if (!line.startsWith('{')) return undefined
  const value = parse(line)
  if (value === undefined) return cutEvent(line)
  const isEvent = typeof value === 'object' && value !== null && 'Action' in value
  return isEvent ? (value as BuildEvent) : undefined
}

function cutEvent(line: string): BuildEvent | undefined {
  const [start, importPath] = outputStart.exec(line) ?? []
  if (start === undefined || importPath === undefined) return undefined
  for (let end = line.length; end >= Math.max(start.length, line.length - longestEscape); end--) {
    const output = parse(`"${line.slice(start.length, end)}"`)
    if (typeof output === 'string') return { ImportPath: importPath, Action: 'build-output', Output: output }
  }
  return undefined
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
