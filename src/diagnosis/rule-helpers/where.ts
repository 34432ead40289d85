import type { Facts } from '../../domain/facts.ts'
import type { Message, MessagePosition } from '../../domain/message.ts'
import type { Location } from '../../domain/module.ts'

/** A line of a block that begins with a position, taken apart. */
export interface PositionedLine {
  readonly position?: MessagePosition
  readonly text: string
}

/** `file:line: text` or `file:line:col: text`; drive letters allowed. Anything else is text without a position. */
export function parsePositioned(line: string): PositionedLine {
  const found = /^((?:[A-Za-z]:)?[^\s:][^:\n]*):(\d{1,9})(?::(\d{1,9}))?: (.*)$/.exec(line.trim())
  const [, file, row, column, text] = found ?? []
  if (file === undefined || row === undefined || text === undefined) return { text: line.trim() }
  const position = { file: file.replaceAll('\\', '/'), line: Number(row) }
  return { position: column === undefined ? position : { ...position, column: Number(column) }, text }
}

/** Every line of a message with its own position where it has one: a list of errors in go.mod is one message with many. */
export function positionedLines(message: Message): readonly PositionedLine[] {
  const first: PositionedLine =
    message.position === undefined
      ? parsePositioned(message.text.replace(/^go: /, ''))
      : { position: message.position, text: message.text }
  return [first, ...message.detail.map(parsePositioned)]
}

/** The location of a position, as a list that is empty when the file is not in the repository. */
export async function locate(facts: Facts, position: MessagePosition | undefined): Promise<readonly Location[]> {
  const at = position === undefined ? undefined : await facts.locate(position)
  return at === undefined ? [] : [at]
}

/**
 * Where a message points: its own position, and for a file of a dependency the lines that the team can change first: the
 * go.mod line that brings it in, and the import that leads to it.
 */
export async function messageLocations(message: Message, facts: Facts): Promise<readonly Location[]> {
  const own = await locate(facts, message.position)
  // What lies in vendor/ is a copy of the dependency that nobody edits.
  const inRepository = own.some(({ file }) => !file.includes('@') && !/(?:^|\/)vendor\//.test(file))
  if (message.module === undefined || (inRepository && !(await isRequireLine(own, message, facts)))) return own
  const lines = await moduleLocations(message.module.path, facts)
  return unique([...lines, ...(await importLocations(message, facts)), ...own])
}

/** Facts give the go.mod line itself for a file of a dependency. */
async function isRequireLine(own: readonly Location[], message: Message, facts: Facts): Promise<boolean> {
  const required = message.module === undefined ? undefined : await facts.requireLine(message.module.path)
  return own.some((at) => at.file === required?.file && at.line === required.line)
}

/** The import in the team's own code that the chain to a package goes through: the last one that is written there. */
export async function importLocations(message: Message, facts: Facts): Promise<readonly Location[]> {
  const chain = message.importStack ?? []
  const own = (await facts.goMod())?.content.module?.value
  if (facts.importLine === undefined || own === undefined) return []
  const isOwn = (path: string | undefined): boolean => path === own || path?.startsWith(`${own}/`) === true
  // The first package of a chain is the team's in any case, also in a workspace of several modules.
  const from = Math.max(0, chain.findLastIndex(isOwn))
  const [importer, imported] = [chain[from], chain[from + 1]]
  if (importer === undefined || imported === undefined) return []
  const at = await facts.importLine({ from: importer, imports: imported })
  return at === undefined ? [] : [at]
}

function unique(all: readonly Location[]): readonly Location[] {
  return all.filter((one, index) => all.findIndex((at) => at.file === one.file && at.line === one.line) === index)
}

/** The go.mod line that requires or replaces a module, or brings it in. */
export async function moduleLocations(path: string | undefined, facts: Facts): Promise<readonly Location[]> {
  const at = path === undefined ? undefined : await facts.requireLine(path)
  return at === undefined ? [] : [at]
}

/** The line of a directive of go.mod, the first line of the file when it has none, nothing when there is no file. */
export async function goModDirective(facts: Facts, name: 'module' | 'go' | 'toolchain'): Promise<readonly Location[]> {
  const file = await facts.goMod()
  return file === undefined
    ? []
    : [{ file: file.path, line: file.content[name]?.line ?? problemLine(file.content.problems, name) }]
}

/** The same for go.work. */
export async function goWorkDirective(facts: Facts, name: 'go' | 'toolchain'): Promise<readonly Location[]> {
  const file = await facts.goWork()
  return file === undefined
    ? []
    : [{ file: file.path, line: file.content[name]?.line ?? problemLine(file.content.problems, name) }]
}

/** The line of a directive that was not understood, for then it is a problem and not a value; the first line without one. */
function problemLine(problems: readonly { readonly line: number; readonly message: string }[], name: string): number {
  return problems.find((problem) => problem.message.includes(name))?.line ?? 1
}
