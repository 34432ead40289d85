import path from 'node:path'
import ts from 'typescript'

/** A broken rule of the house and where: `src/go/list.ts:3: rule (what was found)`. */
export interface Violation {
  readonly file: string
  readonly line: number
  readonly rule: string
  readonly found: string
}

/** One import of a file: `file` is what it leads to, for a relative one. */
export interface Import {
  readonly line: number
  readonly specifier: string
  readonly file?: string
}

export interface CheckedFile {
  readonly file: string
  readonly imports: readonly Import[]
  readonly violations: readonly Violation[]
}

type Room = (typeof levels)[number][number]

/** Each level imports only what stands further down; rooms of one level do not know each other. */
const levels = [
  ['action', 'cli'],
  ['pipeline'],
  ['config', 'probes', 'diagnosis', 'reporters'],
  ['toolchain', 'portcheck'],
  ['go', 'git', 'modules', 'binary', 'cache', 'messages'],
  ['system/types', 'domain'],
] as const

const entries: ReadonlySet<string> = new Set<string>(['action', 'cli'])

/** Node's modules that only compute. Everything else touches the machine and is reached through the System. */
const pureBuiltins: ReadonlySet<string> = new Set(
  ['path', 'path/posix', 'path/win32', 'crypto', 'zlib', 'buffer', 'url', 'stream', 'stream/promises', 'util'].map(
    (name) => `node:${name}`,
  ),
)

/** Packages that reach files, processes or the network, which is the business of src/system alone. */
const machinePackages: readonly RegExp[] = [/^@actions\//, /^undici$/]

export const lineLimit = 250

/**
 * Checks one source file against the rules that can be seen in it alone.
 * @param file path relative to the root with `/`, which decides the room it belongs to
 * @param text its content
 */
export function checkSource(file: string, text: string): CheckedFile {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const violations: Violation[] = []
  const imports: Import[] = []
  const lineOf = (node: ts.Node): number => source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1
  const report = (node: ts.Node | number, rule: string, found: string): void => {
    violations.push({ file, line: typeof node === 'number' ? node : lineOf(node), rule, found })
  }
  const addImport = (node: ts.Node, specifier: string): void => {
    const target = specifier.startsWith('.') ? path.posix.join(path.posix.dirname(file), specifier) : undefined
    const found: Import = { line: lineOf(node), specifier, ...(target === undefined ? {} : { file: target }) }
    imports.push(found)
    const rule = forbiddenImport(file, found)
    if (rule !== undefined) report(node, rule, specifier)
  }

  const room = roomOf(file)
  const nearMachine = room === undefined || entries.has(room) || room === 'system'
  const declared = declaredNames(source)
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined)) {
      if (node.moduleSpecifier !== undefined && ts.isStringLiteral(node.moduleSpecifier)) {
        addImport(node, node.moduleSpecifier.text)
      }
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      if (ts.isStringLiteral(node.argument.literal)) addImport(node, node.argument.literal.text)
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [argument] = node.arguments
      if (argument !== undefined && ts.isStringLiteralLike(argument)) addImport(node, argument.text)
      else report(node, 'import() takes a literal path, so that the rules can be checked', node.getText(source))
    } else if (ts.isCallExpression(node) && node.expression.getText(source) === 'require') {
      report(node, 'modules are imported, not required', node.getText(source))
    } else if (ts.isImportEqualsDeclaration(node)) {
      report(node, 'modules are imported, not required', node.getText(source))
    } else if (ts.isEnumDeclaration(node)) {
      report(node, 'no enums: use a union of strings', node.name.text)
    } else if (ts.isModuleDeclaration(node)) {
      report(node, 'no namespaces', node.name.text)
    } else if (ts.isClassLike(node) && !isErrorClass(node)) {
      report(node, 'no classes but errors', node.name?.text ?? 'class')
    } else if (ts.isIdentifier(node) && !nearMachine && isGlobalUse(node, declared)) {
      report(node, 'process, console and fetch belong to the entries and src/system', node.parent.getText(source))
    }
    ts.forEachChild(node, visit)
  }
  visit(source)

  const generated = isGenerated(text)
  const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0)
  if (lines > lineLimit && !generated) report(lineLimit, `at most ${lineLimit} lines`, `${lines} lines`)
  if (!generated && isBarrel(source)) report(1, 'no barrels: import from where a thing is defined', 'only re-exports')
  return { file, imports, violations }
}

/**
 * Names every circle of rooms that import each other, each once, with the imports that close it.
 * @param files what checkSource returned
 */
export function roomCycles(files: readonly CheckedFile[]): readonly string[] {
  const edges = new Map<string, Map<string, string>>()
  for (const { file, imports } of files) {
    const from = roomOf(file)
    for (const found of imports) {
      const to = found.file === undefined ? undefined : roomOf(found.file)
      if (from === undefined || to === undefined || from === to) continue
      const known = edges.get(from) ?? new Map<string, string>()
      if (!known.has(to)) known.set(to, `${file}:${found.line}`)
      edges.set(from, known)
    }
  }
  const cycles = new Map<string, string>()
  const walk = (trail: readonly string[]): void => {
    const here = trail.at(-1) ?? ''
    for (const next of edges.get(here)?.keys() ?? []) {
      const start = trail.indexOf(next)
      if (start === -1) {
        walk([...trail, next])
        continue
      }
      const circle = trail.slice(start)
      const text = circle.map((room, i) => {
        const to = circle[(i + 1) % circle.length] ?? ''
        return `${room} -> ${to} (${edges.get(room)?.get(to) ?? ''})`
      })
      const key = [...circle].sort().join(' ')
      if (!cycles.has(key)) cycles.set(key, text.join(', '))
    }
  }
  for (const room of edges.keys()) walk([room])
  return [...cycles.values()]
}

/** `src/go/list.ts:3: rule (what was found)`. */
export function formatViolation(violation: Violation): string {
  return `${violation.file}:${violation.line}: ${violation.rule} (${violation.found})`
}

/** True for a file that `npm run generate` writes: it says so in its first lines. */
export function isGenerated(text: string): boolean {
  return text.split('\n', 5).some((line) => line.includes('npm run generate'))
}

/** The room of a file under src/; `system/types` is its own, being what everybody may import. */
function roomOf(file: string): Room | 'system' | undefined {
  const [top, name] = file.split('/')
  if (top !== 'src' || name === undefined) return undefined
  if (name === 'system') return file === 'src/system/types.ts' ? 'system/types' : 'system'
  return levels.flat().find((room) => room === name)
}

function forbiddenImport(file: string, found: Import): string | undefined {
  const from = roomOf(file)
  if (from === undefined) return 'every source file belongs to a room of docs/architecture.md'
  if (found.file === undefined) return forbiddenPackage(from, found.specifier)
  if (!/\.(ts|json)$/.test(found.specifier)) return 'relative imports end in .ts'
  const to = roomOf(found.file)
  if (to === undefined) return found.specifier.endsWith('.json') ? undefined : 'src imports only from its own rooms'
  if (from === to) return from === 'probes' ? forbiddenProbeImport(file, found.file) : undefined
  if (to === 'system') return entries.has(from) ? undefined : 'only the entries import adapters; take a System instead'
  if (from === 'system') {
    return to === 'domain' || to === 'system/types' ? undefined : `src/system imports only domain and system/types`
  }
  if (from === 'reporters' && to !== 'domain') return 'reporters import only domain and reporters/'
  if (from === 'system/types') return to === 'domain' ? undefined : 'system/types imports only domain'
  if (levelOf(to) > levelOf(from)) return undefined
  return `${from} must not import ${to}: ${levels.map((rooms) => rooms.join(', ')).join(' -> ')}`
}

/** A probe stands for itself: what two of them share lies in probes/support. */
function forbiddenProbeImport(file: string, to: string): string | undefined {
  const isProbe = (name: string): boolean => /^src\/probes\/[^/]+\.ts$/.test(name)
  const isIndex = (name: string): boolean => /\/(index|catalogue|probe)\.ts$/.test(name)
  return isProbe(to) && !isIndex(to) && !isIndex(file) ? 'a probe imports no other probe' : undefined
}

function forbiddenPackage(from: Room | 'system', specifier: string): string | undefined {
  if (from === 'domain') return 'domain imports nothing'
  if (from === 'system') return undefined
  if (machinePackages.some((pattern) => pattern.test(specifier))) return 'only src/system imports this package'
  if (!specifier.startsWith('node:') || pureBuiltins.has(specifier)) return undefined
  const harmless = entries.has(from) && !/^node:(child_process|fs|http|https|net)\b/.test(specifier)
  return harmless ? undefined : 'only src/system reaches the machine; take a System instead'
}

function levelOf(room: Room): number {
  return levels.findIndex((rooms) => (rooms as readonly string[]).includes(room))
}

function isErrorClass(node: ts.ClassLikeDeclaration): boolean {
  const heritage = node.heritageClauses?.find((clause) => clause.token === ts.SyntaxKind.ExtendsKeyword)
  return (heritage?.types[0]?.expression.getText() ?? '').endsWith('Error')
}

const guardedGlobals: ReadonlySet<string> = new Set(['process', 'console', 'fetch'])

/** True when an identifier is the global of that name: not a property's name, and nothing the file declares itself. */
function isGlobalUse(node: ts.Identifier, declared: ReadonlySet<string>): boolean {
  if (!guardedGlobals.has(node.text)) return false
  const { parent } = node
  if (ts.isPropertyAccessExpression(parent) && parent.name === node) return parent.expression.getText() === 'globalThis'
  if (declared.has(node.text)) return false
  const names = 'name' in parent && parent.name === node
  return !names || ts.isShorthandPropertyAssignment(parent)
}

function declaredNames(source: ts.SourceFile): ReadonlySet<string> {
  const names = new Set<string>()
  const visit = (node: ts.Node): void => {
    const declares =
      ts.isVariableDeclaration(node) ||
      ts.isParameter(node) ||
      ts.isFunctionDeclaration(node) ||
      ts.isBindingElement(node) ||
      ts.isImportSpecifier(node) ||
      ts.isImportClause(node)
    if (declares && node.name !== undefined && ts.isIdentifier(node.name)) names.add(node.name.text)
    ts.forEachChild(node, visit)
  }
  visit(source)
  return names
}

/** A file of nothing but re-exports. */
function isBarrel(source: ts.SourceFile): boolean {
  return (
    source.statements.length > 0 &&
    source.statements.every((node) => ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined)
  )
}
