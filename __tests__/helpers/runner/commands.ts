/** A line that the runner obeys instead of printing. */
export interface WorkflowCommand {
  readonly name: string
  /** Keys in lower case: the runner compares them without case. */
  readonly properties: Readonly<Record<string, string>>
  readonly data: string
}

/** actions/runner ActionCommandManager: the commands it knows. */
export const registeredCommands: readonly string[] = [
  'internal-set-repo-path',
  'set-env',
  'set-output',
  'save-state',
  'add-path',
  'add-mask',
  'add-matcher',
  'remove-matcher',
  'debug',
  'warning',
  'error',
  'notice',
  'group',
  'endgroup',
  'echo',
  'stop-commands',
]

/** A command in either syntax, or undefined. `known` are the registered names and the current stop token, in lower case. */
export function parseCommand(line: string, known: ReadonlySet<string>): WorkflowCommand | undefined {
  return parseV2(line, known) ?? parseV1(line, known)
}

/** `::name key=value,key=value::data`, at the start of the line but for white space. */
function parseV2(line: string, known: ReadonlySet<string>): WorkflowCommand | undefined {
  const message = line.trimStart()
  if (!message.startsWith('::')) return undefined
  const end = message.indexOf('::', 2)
  if (end < 0) return undefined
  const data = unescape(message.slice(end + 2), dataEscapes)
  return build(message.slice(2, end), ',', propertyEscapes, data, known)
}

/** `##[name key=value;key=value]data`, anywhere in the line. */
function parseV1(line: string, known: ReadonlySet<string>): WorkflowCommand | undefined {
  const start = line.indexOf('##[')
  const end = start < 0 ? -1 : line.indexOf(']', start)
  if (end < 0) return undefined
  return build(line.slice(start + 3, end), ';', v1Escapes, unescape(line.slice(end + 1), v1Escapes), known)
}

function build(
  info: string,
  separator: string,
  escapes: readonly (readonly [string, string])[],
  data: string,
  known: ReadonlySet<string>,
): WorkflowCommand | undefined {
  const space = info.indexOf(' ')
  const name = (space < 0 ? info : info.slice(0, space)).toLowerCase()
  if (!known.has(name)) return undefined
  const properties: Record<string, string> = {}
  for (const property of space < 0
    ? []
    : info
        .slice(space + 1)
        .trim()
        .split(separator)) {
    const equals = property.indexOf('=')
    if (equals < 0) continue
    properties[property.slice(0, equals).toLowerCase()] = unescape(property.slice(equals + 1), escapes)
  }
  return { name, properties, data }
}

/* In the runner's order: `%25` last. */
const dataEscapes = [
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%25', '%'],
] as const
const propertyEscapes = [
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%3A', ':'],
  ['%2C', ','],
  ['%25', '%'],
] as const
const v1Escapes = [
  ['%3B', ';'],
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%5D', ']'],
  ['%25', '%'],
] as const

function unescape(text: string, escapes: readonly (readonly [string, string])[]): string {
  return escapes.reduce((result, [from, to]) => result.replaceAll(from, to), text)
}
