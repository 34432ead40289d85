import { createHash } from 'node:crypto'
import path from 'node:path'

import type { System } from '../system/types.ts'
import { fetchBytes, fetchToFile, shownUrl } from '../modules/fetch.ts'
import { archiveName, distributionArch, goOs, type Platform } from './platform.ts'
import { unpackTar, unpackZip } from './unpack.ts'

export const defaultDownloadBase = 'https://go.dev/dl'

/** A server of Go releases: Go's own, or the mirror that `go-download-base-url` names. */
export interface Distribution {
  /** Without a slash at its end. */
  readonly base: string
}

/** An archive for one machine, with the hash that the server's list has for it. */
export interface Release {
  /** Without `go`. */
  readonly version: string
  readonly filename: string
  /** 64 hex digits. */
  readonly sha256: string
}

/** What came is not what was promised. Final: another source is not asked, because somebody may be tampering. */
export class VerificationError extends Error {
  override readonly name = 'VerificationError'
}

const listSeconds = 60
const archiveSeconds = 900
const maxListBytes = 64 * 1024 * 1024

/**
 * The server that `base` names (empty: Go's own). It gets no credentials: the token of a workflow is GitHub's business
 * alone. Throws for an address that is no http(s) URL.
 */
export function distribution(base: string): Distribution {
  const trimmed = base.trim().replace(/\/{1,100}$/, '')
  if (trimmed === '') return { base: defaultDownloadBase }
  if (!/^https?:\/\//i.test(trimmed) || !URL.canParse(trimmed)) {
    throw new Error(`go-download-base-url ${JSON.stringify(shownUrl(trimmed))} is no http or https address`)
  }
  return { base: trimmed }
}

/**
 * The name of a mirror's own folder in the tool cache, the one setup-go gives it: what a mirror serves must not pass for Go's own
 * release in a later job.
 */
export function toolName({ base }: Distribution): string {
  if (base === defaultDownloadBase) return 'go'
  return `go-${createHash('sha256').update(base).digest('hex').slice(0, 8)}`
}

/** The releases for a machine (https://go.dev/dl/?mode=json&include=all), archives alone. Throws when there is no such list. */
export async function readDownloadList(
  system: Pick<System, 'http' | 'files' | 'clock'>,
  server: Distribution,
  platform: Platform,
): Promise<readonly Release[]> {
  const url = `${server.base}/?mode=json&include=all`
  const options = { timeoutSeconds: listSeconds, maxBytes: maxListBytes }
  const { status, body } = await fetchBytes(system, url, options)
  if (status !== 200) throw new Error(`${shownUrl(url)}: HTTP status ${String(status)}`)
  let list: unknown
  try {
    list = JSON.parse(new TextDecoder().decode(body))
  } catch {
    list = undefined
  }
  if (!Array.isArray(list)) throw new Error(`${shownUrl(url)}: this is no list of Go releases`)
  return list.flatMap((release: unknown) => parseRelease(release, platform))
}

/**
 * For a mirror without a list: the release by its usual file name, with the hash that stands beside it (`<file>.sha256`). Undefined when the
 * mirror has no such hash; without one nothing is downloaded.
 */
export async function findUnlisted(
  system: Pick<System, 'http' | 'files' | 'clock'>,
  server: Distribution,
  platform: Platform,
  version: string,
): Promise<Release | undefined> {
  const filename = archiveName(version, platform)
  const options = { timeoutSeconds: listSeconds, maxBytes: 4096 }
  const { status, body } = await fetchBytes(system, `${server.base}/${filename}.sha256`, options)
  const sha256 = /^([0-9a-fA-F]{64})\b/.exec(new TextDecoder().decode(body).trim())?.[1]?.toLowerCase()
  return status === 200 && sha256 !== undefined ? { version, filename, sha256 } : undefined
}

/**
 * Downloads a release into `staging`, checks its SHA-256 and unpacks it; resolves to its GOROOT. Throws VerificationError for
 * another hash, with the file deleted, and Error when the download fails.
 */
export async function downloadRelease(
  system: Pick<System, 'http' | 'files' | 'clock' | 'processes' | 'log'>,
  server: Distribution,
  platform: Platform,
  release: Release,
  staging: string,
): Promise<string> {
  const url = `${server.base}/${release.filename}`
  const archive = path.join(staging, release.filename)
  system.log.info(`Downloading ${shownUrl(url)}`)
  const options = { timeoutSeconds: archiveSeconds }
  const { status, sha256 } = await fetchToFile(system, url, archive, options)
  if (status !== 200) throw new Error(`${shownUrl(url)}: HTTP status ${String(status)}`)
  if (sha256 !== release.sha256) {
    await system.files.remove(archive)
    throw new VerificationError(
      `${shownUrl(url)} was refused and deleted: its SHA-256 is ${sha256 ?? 'unknown'}, the download list says ${release.sha256}. ` +
        'The file was damaged on the way or exchanged; nothing of it was used.',
    )
  }
  const dir = path.join(staging, 'unpacked')
  await system.files.makeDir(dir)
  if (release.filename.endsWith('.zip'))
    await unpackZip(
      system,
      archive,
      dir,
      (name) => [name],
      () => 0o755,
    )
  else await unpackTar(system, archive, dir)
  return path.join(dir, 'go')
}

/** What a list says is checked piece by piece: names and versions from it become parts of paths and addresses. */
function parseRelease(release: unknown, platform: Platform): readonly Release[] {
  if (!isRecord(release) || !Array.isArray(release.files)) return []
  const { version } = release
  if (typeof version !== 'string' || !/^go[0-9][0-9A-Za-z.-]{0,50}$/.test(version)) return []
  const file = release.files.find(
    (entry: unknown): entry is Record<string, unknown> =>
      isRecord(entry) &&
      entry.os === goOs(platform.platform) &&
      entry.arch === distributionArch(platform.arch) &&
      (entry.kind === 'archive' || entry.kind === undefined),
  )
  if (typeof file?.filename !== 'string' || !/^[A-Za-z0-9][A-Za-z0-9._-]{0,200}$/.test(file.filename)) return []
  if (typeof file.sha256 !== 'string' || !/^[0-9a-f]{64}$/.test(file.sha256)) return []
  if (!file.filename.endsWith('.zip') && !file.filename.endsWith('.tar.gz')) return []
  return [{ version: version.slice(2), filename: file.filename, sha256: file.sha256 }]
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
