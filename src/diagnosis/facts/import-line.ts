import path from 'node:path'

import type { Location } from '../../domain/module.ts'
import type { Files } from '../../system/types.ts'
import { imports } from './go-source.ts'

const mostFiles = 1000
const mostBytes = 4 * 1024 * 1024

/**
 * The first line of a folder's Go files that imports a path; a file that the target compiles comes before one that it
 * leaves out, and a test last. `file` is absolute.
 */
export async function findImportLine(
  files: Pick<Files, 'list' | 'readText' | 'stat'>,
  dir: string,
  imported: string,
  leftOut: ReadonlySet<string>,
): Promise<Location | undefined> {
  const entries = await files.list(dir).catch(() => [])
  const rank = (name: string): number => (name.endsWith('_test.go') ? 2 : leftOut.has(name) ? 1 : 0)
  const names = entries
    .map((entry) => entry.name)
    .filter((name) => name.endsWith('.go') && !/^[._]/.test(name))
    .sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
    .slice(0, mostFiles)
  for (const name of names) {
    const file = path.join(dir, name)
    const stat = await files.stat(file)
    if (stat?.kind !== 'file' || stat.bytes > mostBytes) continue
    const source = await files.readText(file)
    if (!source.includes(imported)) continue
    const found = imports(source).find((one) => one.path === imported)
    if (found !== undefined) return { file, line: found.line }
  }
  return undefined
}
