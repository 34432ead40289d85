/** A line of `go build -json` (Go 1.24, `go help buildjson`). */
export interface BuildEvent {
  readonly ImportPath?: string
  readonly Action: 'build-output' | 'build-fail'
  readonly Output?: string
}

/** The event of a line, or undefined for a line that is none: the go command prints load errors as plain text. */
export function parseBuildEvent(line: string): BuildEvent | undefined {
  if (!line.startsWith('{')) return undefined
  try {
    const value: unknown = JSON.parse(line)
    const isEvent = typeof value === 'object' && value !== null && 'Action' in value
    return isEvent ? (value as BuildEvent) : undefined
  } catch {
    return undefined
  }
}
