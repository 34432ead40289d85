import { createHash } from 'node:crypto'
import path from 'node:path'

import type { Files } from '../system/types.ts'
import { readZip } from './zip.ts'

/** A file of a module: its name in the hash (`path@version/file`) and the SHA-256 of its content in hex. */
export interface HashedFile {
  readonly name: string
  readonly sha256: string
}

/**
 * The `h1:` hash of a set of files (x/mod/sumdb/dirhash Hash1): the SHA-256, in base64, of one line per file in the
 * order of the bytes of the names. Throws for a name with a line end, as Go does: two sets could have one hash.
 */
export function hash1(entries: readonly HashedFile[]): string {
  const lines = entries.map(({ name, sha256 }) => ({ key: Buffer.from(name, 'utf8'), line: `${sha256}  ${name}\n` }))
  if (entries.some(({ name }) => name.includes('\n'))) throw new Error('a file name holds a line end, which h1 forbids')
  // Bytes, not localeCompare nor UTF-16 units: Go sorts strings by their bytes.
  lines.sort((a, b) => Buffer.compare(a.key, b.key))
  const summary = createHash('sha256')
  for (const { line } of lines) summary.update(line, 'utf8')
  return `h1:${summary.digest('base64')}`
}

/** The hash of a module zip: what go.sum and the checksum database hold for `path version`. Reads one entry at a time. */
export async function hashZip(files: Pick<Files, 'readRange' | 'stat'>, zip: string): Promise<string> {
  const entries: HashedFile[] = []
  await readZip(files, zip, async (entry, read) => {
    entries.push({ name: entry.name, sha256: sha256(await read()) })
  })
  return hash1(entries)
}

/** The hash of a go.mod file: what go.sum holds for `path version/go.mod`. */
export function hashGoMod(content: string | Uint8Array): string {
  return hash1([{ name: 'go.mod', sha256: sha256(content) }])
}

/** The hash of an unpacked module. `prefix` is `path@version`, which the names in the hash begin with. */
export async function hashDir(files: Pick<Files, 'list' | 'readBytes'>, dir: string, prefix: string): Promise<string> {
  const entries: HashedFile[] = []
  const walk = async (folder: string, name: string): Promise<void> => {
    for (const entry of await files.list(folder)) {
      const at = path.join(folder, entry.name)
      if (entry.kind === 'dir') await walk(at, `${name}/${entry.name}`)
      else entries.push({ name: `${name}/${entry.name}`, sha256: sha256(await files.readBytes(at)) })
    }
  }
  await walk(dir, prefix)
  return hash1(entries)
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}
