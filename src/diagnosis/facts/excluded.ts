import path from 'node:path'

import type { ExcludedDeclaration, ExcludedFile } from '../../domain/facts.ts'
import { formatPort } from '../../domain/port.ts'
import type { Files } from '../../system/types.ts'
import {
  fileConstraint,
  fileNameTags,
  knownNames,
  tagsOf,
  type BuildContext,
  type FileConstraint,
  type KnownNames,
} from '../../modules/build-constraint.ts'
import { declarations, imports } from './go-source.ts'

interface Port {
  readonly goos: string
  readonly goarch: string
}

/** A Go file that a build leaves out. */
export interface LeftOut extends ExcludedFile {
  readonly source: GoFile
}

/** A Go file with what its text says, read out once for all targets. */
export interface GoFile {
  readonly file: string
  readonly name: string
  readonly constraint: FileConstraint | undefined
  readonly cgo: boolean
  /** First line of every declaration by name; a method counts by its name alone. */
  readonly declared: () => ReadonlyMap<string, number>
  /** Answers about this file by the build that they are for: thousands of messages ask the same. */
  readonly known: Map<string, LeftOut | undefined>
  /** The ports that compile it, by what else decides. */
  readonly ports: Map<string, readonly string[]>
}

/** The Go files of folders, each folder read once however many targets ask. */
export interface GoFolders {
  readonly files: (dir: string, withTests: boolean) => Promise<readonly GoFile[]>
}

const mostFiles = 1000
const mostBytes = 4 * 1024 * 1024

export function createGoFolders(files: Pick<Files, 'list' | 'readText' | 'stat'>): GoFolders {
  const folders = new Map<string, Promise<readonly GoFile[]>>()
  return {
    async files(dir, withTests) {
      const known = folders.get(dir) ?? readFolder(files, dir)
      folders.set(dir, known)
      const all = await known
      return withTests ? all : all.filter((file) => !file.name.endsWith('_test.go'))
    },
  }
}

async function readFolder(files: Pick<Files, 'list' | 'readText' | 'stat'>, dir: string): Promise<readonly GoFile[]> {
  const found: GoFile[] = []
  for (const name of await goFiles(files, dir)) {
    const file = path.join(dir, name)
    const stat = await files.stat(file)
    if (stat?.kind !== 'file' || stat.bytes > mostBytes) continue
    const source = await files.readText(file)
    const declared = once(() => {
      const lines = new Map<string, number>()
      for (const one of declarations(source)) if (!lines.has(one.name)) lines.set(one.name, one.line)
      return lines
    })
    const cgo = source.includes('"C"') && imports(source).some((one) => one.path === 'C')
    found.push({ file, name, constraint: fileConstraint(source), cgo, declared, known: new Map(), ports: new Map() })
  }
  return found
}

/**
 * The Go files among these that a build leaves out, with the reason: `cgo` when they would be compiled with cgo the other
 * way round, `port` when another port compiles them, `tag` when none does without more tags.
 */
export function leftOutFiles(all: readonly GoFile[], build: BuildContext, ports: readonly Port[]): readonly LeftOut[] {
  const { goos, goarch, cgo, level = '', tags, goMinor } = build
  const other = [goMinor, level, ...tags].join(' ')
  const key = `${goos}/${goarch} ${String(cgo)} ${other}`
  let names: KnownNames | undefined
  return all.flatMap((source): readonly LeftOut[] => {
    if (!source.known.has(key)) {
      names ??= knownNames([...ports, build])
      source.known.set(key, leftOut(source, build, ports, names, other))
    }
    const known = source.known.get(key)
    return known === undefined ? [] : [known]
  })
}

function leftOut(
  source: GoFile,
  build: BuildContext,
  ports: readonly Port[],
  names: KnownNames,
  other: string,
): LeftOut | undefined {
  const look = (context: BuildContext): string | undefined => excludedBy(source, context, names)
  const constraint = look(build)
  if (constraint === undefined) return undefined
  const cgo = look({ ...build, cgo: !build.cgo }) === undefined
  const elsewhere =
    source.ports.get(other) ??
    ports
      .filter((port) => [true, false].some((on) => look({ ...build, ...port, cgo: on }) === undefined))
      .map(formatPort)
  source.ports.set(other, elsewhere)
  const reason = cgo ? 'cgo' : elsewhere.length > 0 ? 'port' : 'tag'
  return { file: source.file, source, constraint, reason, ports: elsewhere }
}

async function goFiles(files: Pick<Files, 'list'>, dir: string): Promise<readonly string[]> {
  const entries = await files.list(dir).catch(() => [])
  return entries
    .filter((entry) => entry.kind === 'file' || entry.kind === 'link')
    .map((entry) => entry.name)
    .filter((name) => name.endsWith('.go') && !/^[._]/.test(name))
    .sort()
    .slice(0, mostFiles)
}

/** What keeps a file out of a build: its name, its constraint, or `import "C"` without cgo; undefined when nothing does. */
function excludedBy({ name, constraint, cgo }: GoFile, build: BuildContext, known: KnownNames): string | undefined {
  const hasTag = tagsOf(build)
  const named = fileNameTags(name, known)
  if (!named.every(hasTag)) return `_${named.join('_')}.go`
  if (constraint !== undefined && !constraint.holds(hasTag)) return constraint.text
  return !build.cgo && cgo ? 'import "C"' : undefined
}

/** The files that declare a symbol. A method counts by its name alone. */
export function declaring(all: readonly GoFile[], symbol: string): readonly GoFile[] {
  return all.filter((file) => file.declared().has(symbol))
}

/** The declarations of a symbol in files that are left out. */
export function declaredIn(leftOut: readonly LeftOut[], symbol: string): readonly ExcludedDeclaration[] {
  return leftOut.flatMap(({ source, ...why }) => {
    const line = source.declared().get(symbol)
    return line === undefined ? [] : [{ symbol, line, ...why }]
  })
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => (made ??= { value: make() }).value
}

/**
 * The import paths that a qualifier may stand for in a file: its alias, or its path's last element without version and the
 * decorations that package names lack (`go-sqlite3`, `yaml.v3`, `x/v2`).
 */
export function importsNamed(source: string, qualifier: string): readonly string[] {
  const all = imports(source).filter((one) => one.path !== 'C')
  const aliased = all.filter((one) => one.alias === qualifier)
  if (aliased.length > 0) return aliased.map((one) => one.path)
  return all
    .filter((one) => one.alias === undefined && packageNames(one.path).includes(qualifier))
    .map((one) => one.path)
}

function packageNames(importPath: string): readonly string[] {
  const parts = importPath.split('/')
  const last = parts.at(-1) ?? ''
  const name = /^v\d+$/.test(last) && parts.length > 1 ? (parts.at(-2) ?? last) : last
  const bare = name.replace(/\.v\d+$/, '')
  return [
    bare,
    bare.replace(/^go[-.]/, ''),
    bare.replace(/[-.]go$/, ''),
    bare.replaceAll('-', ''),
    bare.replaceAll('-', '_'),
    last,
  ]
}
