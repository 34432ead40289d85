/** Lines that another program packed into one of its own, and the package they are about. */
export interface Unpacked {
  readonly lines: readonly string[]
  readonly package?: string
  /** Whether a test printed them; absent when the wrapper does not say. */
  readonly inTest?: boolean
}

const message = /(?:^|\s)msg="/
const packs = /msg="|stderr: |exit status /
const quoted = /\b(?:stderr: |exit status \d+: (?=go: ))/

/**
 * Undoes what wrappers do to the output of go: events of `go build -json` and `go test -json`, the `Error` member of
 * `go mod download -json` and `go list -json`, quoted messages of structured logs (`msg="…\n…"`), and `stderr: ` in the
 * middle of a line. Undefined for an ordinary line.
 */
export function unpack(text: string): Unpacked | undefined {
  const first = text.charCodeAt(0)
  if (first === 123) return text.includes('"Action"') ? fromEvent(text) : fromRecord(text)
  if (first === 9 || first === 32) {
    const member = fromMember(text)
    if (member !== undefined) return member
  }
  const record = text.includes('"stderr": "') ? text.indexOf('=> {') : -1
  if (record >= 0) return fromRecord(text.slice(record + 3))
  if (!packs.test(text)) return undefined
  return text.includes('msg="') ? fromLogfmt(text) : fromQuote(text)
}

function fromEvent(text: string): Unpacked | undefined {
  const value = parse(text)
  if (typeof value !== 'object' || value === null || !('Action' in value)) return undefined
  const { Output, ImportPath, Test } = value as Readonly<Partial<Record<'Output' | 'ImportPath' | 'Test', unknown>>>
  if (typeof Output !== 'string') return { lines: [] }
  const lines = Output.replace(/\n$/, '').split('\n', 200)
  const inTest = typeof Test === 'string'
  return typeof ImportPath === 'string' ? { lines, package: ImportPath, inTest } : { lines, inTest }
}

/** What a record of a log or of a task runner says was printed: Docker's `log`, Ansible's `stderr`, a logger's message. */
function fromRecord(text: string): Unpacked | undefined {
  if (!/"(?:log|stderr|output|msg|message|error|err)" ?:/.test(text)) return undefined
  const value = parse(text)
  if (typeof value !== 'object' || value === null) return undefined
  const members = value as Readonly<Partial<Record<string, unknown>>>
  const printed = ['log', 'stderr', 'stdout', 'output'].map((name) => members[name])
  // What a service logs for its operator is no output of go, unless it looks like it.
  const told = ['msg', 'message', 'error', 'err'].map((name) => members[name]).filter((one) => looksPrinted(one))
  const lines = [...printed, ...told].flatMap((one) =>
    typeof one === 'string' && one !== '' ? one.replace(/\n$/, '').split('\n', 200) : [],
  )
  return lines.length === 0 ? undefined : { lines }
}

function looksPrinted(text: unknown): boolean {
  return typeof text === 'string' && /(?:^|\n)(?:go: |# \S+\n)|\.go:\d{1,6}:\d{1,4}: /.test(text)
}

function fromMember(text: string): Unpacked | undefined {
  const found = /^\s{1,12}"(?:Error|Err)": (".*")[,}]?$/.exec(text)?.[1]
  if (found === undefined) return undefined
  const value = parse(found)
  // The members of go's own JSON are its messages without the prefix.
  return typeof value === 'string' ? { lines: `go: ${value}`.split('\n', 200) } : undefined
}

function fromLogfmt(text: string): Unpacked | undefined {
  const start = message.exec(text)
  if (start === null) return undefined
  const from = start.index + start[0].length
  let end = from
  while (end < text.length && text.charAt(end) !== '"') end += text.charAt(end) === '\\' ? 2 : 1
  const body = text.slice(from, end)
  const lines = body
    .replace(/\\(["\\nt])/g, (_, escaped: string) => (escaped === 'n' ? '\n' : escaped === 't' ? '\t' : escaped))
    .split('\n', 200)
  return { lines: lines.flatMap((line) => fromQuote(line)?.lines ?? [line]) }
}

function fromQuote(text: string): Unpacked | undefined {
  const found = quoted.exec(text)
  if (found === null) return undefined
  const rest = text.slice(found.index + found[0].length)
  return rest.trim() === '' ? undefined : { lines: [text.slice(0, found.index).trimEnd(), rest] }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
