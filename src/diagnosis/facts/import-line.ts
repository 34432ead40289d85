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
  return inFolder(files, dir, leftOut, (source) =>
    source.includes(imported) ? imports(source).find((one) => one.path === imported)?.line : undefined,
  )
}

/** The first line that holds all of `texts`, in the same order of files. */
export function findLineWith(
  files: Pick<Files, 'list' | 'readText' | 'stat'>,
  dir: string,
  texts: readonly string[],
): Promise<Location | undefined> {
  return inFolder(files, dir, new Set(), (source) => {
    const at = source.split('\n').findIndex((line) => texts.every((text) => line.includes(text)))
    return at < 0 ? undefined : at + 1
  })
}

/** A line of a file, without its end; undefined when there is no such file or line, or the file is too large. */
export async function readLine(
  files: Pick<Files, 'readText' | 'stat'>,
  file: string,
  line: number,
): Promise<string | undefined> {
  const stat = await files.stat(file).catch(() => undefined)
  if (stat?.kind !== 'file' || stat.bytes > mostBytes) return undefined
  return (await files.readText(file)).split('\n')[line - 1]?.replace(/\r$/, '')
}

async function inFolder(
  files: Pick<Files, 'list' | 'readText' | 'stat'>,
  dir: string,
  leftOut: ReadonlySet<string>,
  lineIn: (source: string) => number | undefined,
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
    const line = lineIn(await files.readText(file))
    if (line !== undefined) return { file, line }
  }
  return undefined
}
