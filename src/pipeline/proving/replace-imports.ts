import path from 'node:path'

import { imports } from '../../diagnosis/facts/go-source.ts'
import type { ModuleContext } from '../record.ts'

/** A file whose imports were changed; the name is relative to the module with `/`. */
export interface ChangedFile {
  readonly file: string
  readonly before: string
  readonly after: string
}

const mostFiles = 20_000
const mostBytes = 4 * 1024 * 1024
const leftOut: ReadonlySet<string> = new Set(['vendor', 'testdata', 'node_modules'])

/**
 * Writes new import paths into the Go files of a module: what was under `from` is under `to`. A package that has another name
 * there is imported by its old one, so that the code below stays as it is.
 */
export async function replaceImports(
  context: ModuleContext,
  from: string,
  to: string,
): Promise<readonly ChangedFile[]> {
  const { files } = context.system
  const dir = context.module.absoluteDir
  const names = createNames(context)
  const changed: ChangedFile[] = []
  for (const file of await goFiles(context, dir)) {
    const full = path.join(dir, file)
    const stat = await files.stat(full)
    if (stat === undefined || stat.bytes > mostBytes) continue
    const before = await files.readText(full)
    if (!before.includes(from)) continue
    const after = await withImports(before, from, to, names)
    if (after === before) continue
    await files.write(full, after)
    changed.push({ file, before, after })
  }
  return changed
}

/** The text with its imports changed; everything else stays, to the byte. */
export async function withImports(
  source: string,
  from: string,
  to: string,
  nameOf: (importPath: string) => Promise<string | undefined>,
): Promise<string> {
  const lines = source.split('\n')
  for (const one of imports(source)) {
    if (one.path !== from && !one.path.startsWith(`${from}/`)) continue
    const next = to + one.path.slice(from.length)
    const line = lines[one.line - 1]
    if (line === undefined) continue
    const [old, fresh] = one.alias === undefined ? await Promise.all([nameOf(one.path), nameOf(next)]) : []
    const alias = old !== undefined && fresh !== undefined && old !== fresh ? `${old} ` : ''
    lines[one.line - 1] = line.replace(`"${one.path}"`, () => `${alias}"${next}"`)
  }
  return lines.join('\n')
}

/** The names in the package clauses, asked of the go command once. */
function createNames({ go }: ModuleContext): (importPath: string) => Promise<string | undefined> {
  const known = new Map<string, Promise<string | undefined>>()
  const ask = async (importPath: string): Promise<string | undefined> => {
    const run = await go.run(['list', '-e', '-find', '-f', '{{.Name}}', '--', importPath])
    return /^\w+$/.test(run.result.stdout.text.trim()) ? run.result.stdout.text.trim() : undefined
  }
  return (importPath) => {
    const found = known.get(importPath) ?? ask(importPath)
    known.set(importPath, found)
    return found
  }
}

async function goFiles({ system: { files } }: ModuleContext, root: string): Promise<readonly string[]> {
  const found: string[] = []
  const pending = ['']
  for (let dir = pending.pop(); dir !== undefined && found.length < mostFiles; dir = pending.pop()) {
    const entries = await files.list(path.join(root, dir))
    if (dir !== '' && entries.some((entry) => entry.name === 'go.mod')) continue
    for (const { name, kind } of entries) {
      const below = dir === '' ? name : `${dir}/${name}`
      if (kind === 'dir' && !leftOut.has(name) && !/^[._]/.test(name)) pending.push(below)
      if (kind === 'file' && name.endsWith('.go')) found.push(below)
    }
  }
  return found.sort()
}
