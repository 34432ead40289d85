import path from 'node:path'

import type { ExcludedDeclaration, ExcludedFile } from '../../domain/facts.ts'
import { formatPort } from '../../domain/port.ts'
import type { Files } from '../../system/types.ts'
import { fileConstraint, fileNameTags, knownNames, tagsOf, type BuildContext } from './build-constraint.ts'
import { declarations, imports } from './go-source.ts'

interface Port {
  readonly goos: string
  readonly goarch: string
}

/** A Go file that a build leaves out, with its text. */
export interface LeftOut extends ExcludedFile {
  readonly source: string
}

const mostFiles = 1000
const mostBytes = 4 * 1024 * 1024

/**
 * The Go files of a folder that a build leaves out, with the reason: `cgo` when they would be compiled with cgo the other
 * way round, `port` when another port compiles them, `tag` when none does without more tags. Test files on demand.
 */
export async function leftOutFiles(
  files: Pick<Files, 'list' | 'readText' | 'stat'>,
  dir: string,
  build: BuildContext,
  ports: readonly Port[],
  withTests: boolean,
): Promise<readonly LeftOut[]> {
  const known = knownNames([...ports, build])
  const found: LeftOut[] = []
  for (const name of await goFiles(files, dir, withTests)) {
    const file = path.join(dir, name)
    const stat = await files.stat(file)
    if (stat?.kind !== 'file' || stat.bytes > mostBytes) continue
    const source = await files.readText(file)
    const look = (context: BuildContext): string | undefined => excludedBy(name, source, context, known)
    const constraint = look(build)
    if (constraint === undefined) continue
    const cgo = look({ ...build, cgo: !build.cgo }) === undefined
    const elsewhere = ports.filter((port) =>
      [true, false].some((on) => look({ ...build, ...port, cgo: on }) === undefined),
    )
    const reason = cgo ? 'cgo' : elsewhere.length > 0 ? 'port' : 'tag'
    found.push({ file, source, constraint, reason, ports: elsewhere.map(formatPort) })
  }
  return found
}

async function goFiles(files: Pick<Files, 'list'>, dir: string, withTests: boolean): Promise<readonly string[]> {
  const entries = await files.list(dir).catch(() => [])
  return entries
    .filter((entry) => entry.kind === 'file' || entry.kind === 'link')
    .map((entry) => entry.name)
    .filter((name) => name.endsWith('.go') && !/^[._]/.test(name) && (withTests || !name.endsWith('_test.go')))
    .sort()
    .slice(0, mostFiles)
}

/** What keeps a file out of a build: its name, its constraint, or `import "C"` without cgo; undefined when nothing does. */
function excludedBy(
  name: string,
  source: string,
  build: BuildContext,
  known: ReturnType<typeof knownNames>,
): string | undefined {
  const hasTag = tagsOf(build)
  const named = fileNameTags(name, known)
  if (!named.every(hasTag)) return `_${named.join('_')}.go`
  const written = fileConstraint(source)
  if (written !== undefined && !written.holds(hasTag)) return written.text
  return !build.cgo && imports(source).some((one) => one.path === 'C') ? 'import "C"' : undefined
}

/** The declarations of a symbol in files that are left out. A method counts by its name alone. */
export function declaredIn(leftOut: readonly LeftOut[], symbol: string): readonly ExcludedDeclaration[] {
  return leftOut.flatMap(({ file, source, ...why }) =>
    declarations(source)
      .filter((one) => one.name === symbol)
      .slice(0, 1)
      .map((one) => ({ symbol, file, line: one.line, ...why })),
  )
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
