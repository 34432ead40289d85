import { createHash } from 'node:crypto'
import path from 'node:path'

/** One entry of the cache service. `paths` are part of its identity: the same strings restore and save it. */
export interface CacheEntry {
  readonly key: string
  readonly restoreKeys: readonly string[]
  readonly paths: readonly string[]
}

export interface CacheKeyParts {
  /** Host, Node's names. */
  readonly platform: string
  readonly arch: string
  /** Name and version of the operating system: what cgo objects depend on beside the compiler. */
  readonly system: string
  /** `go1.26.8`. */
  readonly goVersion: string
  /** Of go.sum, go.work.sum or what cache-dependency-path names: `hashDependencies`. */
  readonly dependencies: string
  /** GITHUB_SHA. */
  readonly commit: string
  /**
   * What tells this job's content from that of others: workflow file, job, whether it is the first leg (it alone does
   * cross-target work), packages, tags, targets. Legs that download the same share one entry.
   */
  readonly job: readonly string[]
  /** What else its build results depend on: leg, flags, trimpath, GOFLAGS, CGO_ENABLED. */
  readonly build: readonly string[]
}

/** Part of every key: raised when what is stored changes. */
const layout = 'v1'

/**
 * Downloaded modules as the module proxy sent them: zip, its hash, go.mod, and the version's data. Not the extracted
 * folders: the go command makes them from the zip again, and trusts them unseen when they are there. For k8s.io/client-go
 * and what it needs (51 zips) that is an archive of 39 MB instead of 67 MB, and the same second until `go list` has
 * answered: 0.1 s to unpack and 0.9 s for the go command, against 0.9 s and 0.1 s. Not the toolchain modules either:
 * they are large, and no go.sum covers them.
 *
 * The nearest entry that a restore finds: same go.sum of another job, then the newest of any go.sum.
 */
export function modulesEntry(parts: CacheKeyParts, goModCache: string): CacheEntry {
  const downloads = downloadDir(goModCache)
  const start = `gopreflight-modules-${layout}-${token(parts.platform)}-${token(parts.arch)}-`
  const sameSums = `${start}${parts.dependencies}-`
  return {
    key: `${sameSums}${digest(parts.job)}`,
    restoreKeys: [sameSums, start],
    paths: [
      ...['zip', 'ziphash', 'mod', 'info'].map((suffix) => path.join(downloads, '**', '@v', `*.${suffix}`)),
      `!${path.join(downloads, 'golang.org', 'toolchain', '**')}`,
    ],
  }
}

/**
 * The 256 folders of the build cache; trim.txt, fuzz and README stay out. The key ends with the commit, because an
 * entry cannot be changed: a later run restores the newest one and saves its own when it had to build enough.
 */
export function buildEntry(parts: CacheKeyParts, goCache: string): CacheEntry {
  const host = [parts.platform, parts.arch, parts.system, parts.goVersion].map(token).join('-')
  const start = `gopreflight-build-${layout}-${host}`
  const sameJob = `${start}-${digest([...parts.job, ...parts.build])}-`
  const sameSums = `${sameJob}${parts.dependencies}-`
  return {
    key: `${sameSums}${token(parts.commit).slice(0, 16)}`,
    restoreKeys: [sameSums, sameJob],
    paths: [path.join(goCache, '[0-9a-f][0-9a-f]')],
  }
}

/**
 * The built portcheck with its table of ports: some megabytes that save each job a build. Its key names all that it is
 * made from, so there is no nearest one.
 */
export function toolEntry(key: string, binary: string): CacheEntry {
  return {
    key: `gopreflight-portcheck-${layout}-${key}`,
    restoreKeys: [],
    paths: [binary, path.join(path.dirname(binary), 'ports-*.json')],
  }
}

/** Where the go command keeps what it downloaded. */
export function downloadDir(goModCache: string): string {
  return path.join(goModCache, 'cache', 'download')
}

/** True for a folder whose name the patterns of an entry would read as a pattern. */
export function isPattern(dir: string): boolean {
  return /[*?[]/.test(dir)
}

/** Hash of what decides the modules: contents in the order given, each under its path relative to the repository. */
export function hashDependencies(files: readonly { readonly path: string; readonly content: Uint8Array }[]): string {
  const hash = createHash('sha256')
  for (const { path: file, content } of files) hash.update(`${file}\0${content.length}\0`).update(content)
  return hash.digest('hex').slice(0, 32)
}

function digest(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16)
}

/** The service takes 512 characters without commas. */
function token(text: string): string {
  return text.replace(/[^A-Za-z0-9._]/g, '_').slice(0, 64)
}
