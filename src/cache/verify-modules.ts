import path from 'node:path'

import type { Files } from '../system/types.ts'
import { downloadDir } from './keys.ts'
import { listDownloads, listIfThere, mapLimited } from './walk.ts'

/** The h1 hashes that go.sum and go.work.sum list for the zip of `path@version`. */
export type ListedHashes = ReadonlyMap<string, ReadonlySet<string>>

/** What was in the module cache before a restore. */
export interface ModuleSnapshot {
  /** `escaped path@escaped version`, with the size and time of the zip. */
  readonly zips: ReadonlyMap<string, string>
  /** Those whose folder had been extracted. */
  readonly extracted: ReadonlySet<string>
  /** Names in the module cache itself and in its `cache` folder. */
  readonly names: ReadonlySet<string>
}

export interface VerifiedModules {
  readonly verified: number
  readonly removed: readonly { readonly module: string; readonly reason: string }[]
}

interface VerifyRequest {
  readonly files: Files
  readonly goModCache: string
  readonly before: ModuleSnapshot
  readonly listed: ListedHashes
  /** h1 of a zip (dirhash.HashZip); throws for what is no zip. */
  readonly hashZip: (zip: string) => Promise<string>
  readonly concurrency: number
}

interface Zip {
  readonly name: string
  readonly file: string
  readonly stamp: string
}

/** Looks at the module cache before a restore, so that afterwards only what came with it is judged. */
export async function snapshotModules(files: Files, goModCache: string): Promise<ModuleSnapshot> {
  const zips = await listZips(files, goModCache)
  const extracted = await mapLimited(
    zips,
    16,
    async ({ name }) => (await files.stat(extractedDir(goModCache, name))) !== undefined,
  )
  return {
    zips: new Map(zips.map(({ name, stamp }) => [name, stamp])),
    extracted: new Set(zips.filter((_, index) => extracted[index] === true).map(({ name }) => name)),
    names: new Set(await topNames(files, goModCache)),
  }
}

/**
 * Makes a restored module cache one that can be trusted. The go command compares go.sum with the `.ziphash` file
 * beside a zip and never with the zip itself, and does not look into extracted folders at all
 * (cmd/go/internal/modfetch/fetch.go), so an entry somebody has tampered with passes every check of Go's own. Hence:
 *
 * - the hash of each zip that came is computed again; it stays when go.sum lists just that hash, with a `.ziphash` of ours;
 * - a zip that go.sum does not list cannot be checked and goes: the go command fetches and checks it again;
 * - extracted folders and anything else that came beside the downloads go.
 *
 * go.mod files stay: the go command hashes them whenever it reads them.
 */
export async function verifyModules(request: VerifyRequest): Promise<VerifiedModules> {
  const { files, goModCache, before, listed } = request
  for (const name of await topNames(files, goModCache)) {
    if (!before.names.has(name)) await files.remove(path.join(goModCache, name))
  }
  for (const link of (await listDownloads(files, downloadDir(goModCache))).strange) await files.remove(link)
  const byEscapedName = new Map([...listed].map(([name, hashes]) => [escapeName(name), { name, hashes }]))
  const zips = await listZips(files, goModCache)
  const verdicts = await mapLimited(zips, request.concurrency, async (zip) => {
    if (!before.extracted.has(zip.name)) await files.remove(extractedDir(goModCache, zip.name))
    if (before.zips.get(zip.name) === zip.stamp) return undefined
    const known = byEscapedName.get(zip.name)
    const reason = await judge(request, zip, known?.hashes)
    return { module: known?.name ?? zip.name, reason }
  })
  await removeLoneHashes(files, goModCache)
  const came = verdicts.filter((verdict) => verdict !== undefined)
  const removed = came.flatMap(({ module, reason }) => (reason === undefined ? [] : [{ module, reason }]))
  return { verified: came.length - removed.length, removed }
}

/** Keeps a zip with a hash file that says what was computed here, or removes both and says why. */
async function judge(
  request: VerifyRequest,
  zip: Zip,
  hashes: ReadonlySet<string> | undefined,
): Promise<string | undefined> {
  const { files, hashZip } = request
  const hashFile = `${zip.file}hash`
  let reason: string
  try {
    const hash = hashes === undefined ? '' : await hashZip(zip.file)
    if (hashes?.has(hash) === true) {
      await files.write(hashFile, hash)
      return undefined
    }
    reason = hashes === undefined ? 'go.sum does not list it' : `its hash ${hash} is not the one in go.sum`
  } catch (error) {
    reason = `it cannot be read: ${error instanceof Error ? error.message : String(error)}`
  }
  await files.remove(zip.file)
  await files.remove(hashFile)
  return reason
}

/** A `.ziphash` without its zip would vouch for an extracted folder. */
async function removeLoneHashes(files: Files, goModCache: string): Promise<void> {
  for (const { dir, names } of (await listDownloads(files, downloadDir(goModCache))).folders) {
    const zips = new Set(names.filter((name) => name.endsWith('.zip')))
    for (const name of names) {
      if (name.endsWith('.ziphash') && !zips.has(name.slice(0, -4))) await files.remove(path.join(dir, name))
    }
  }
}

async function listZips(files: Files, goModCache: string): Promise<readonly Zip[]> {
  const { folders } = await listDownloads(files, downloadDir(goModCache))
  const zips = folders.flatMap(({ escapedPath, dir, names }) =>
    names
      .filter((name) => name.endsWith('.zip'))
      .map((name) => ({ name: `${escapedPath}@${name.slice(0, -4)}`, file: path.join(dir, name) })),
  )
  return mapLimited(zips, 16, async (zip) => {
    const found = await files.stat(zip.file)
    return { ...zip, stamp: `${found?.bytes ?? 0} ${found?.modified ?? 0}` }
  })
}

/** What may not come with a restore: everything but the downloads. */
async function topNames(files: Files, goModCache: string): Promise<readonly string[]> {
  const under = async (allowed: string, ...segments: readonly string[]): Promise<readonly string[]> => {
    const entries = await listIfThere(files, path.join(goModCache, ...segments))
    return entries
      .map(({ name }) => name)
      .filter((name) => name !== allowed)
      .map((name) => path.join(...segments, name))
  }
  const sums = path.join('cache', 'download', 'sumdb')
  return [
    ...(await under('cache')),
    ...(await under('download', 'cache')),
    ...((await files.stat(path.join(goModCache, sums))) === undefined ? [] : [sums]),
  ]
}

function extractedDir(goModCache: string, escapedName: string): string {
  return path.join(goModCache, ...escapedName.split('/'))
}

/** Upper case as the cache's file names have it (golang.org/x/mod/module, EscapePath and EscapeVersion). */
function escapeName(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `!${letter.toLowerCase()}`)
}
