import type { System } from '../system/types.ts'
import {
  distribution,
  downloadRelease,
  findUnlisted,
  toolName,
  VerificationError,
  type Release,
} from './distribution.ts'
import { downloadFromProxy } from './from-proxy.ts'
import { readGoSettings, type GoSettings } from './go-settings.ts'
import { findPathGo, pathMismatch, pathTooOld, type PathGo } from './path-go.ts'
import { goArch, shownPlatform, type Platform } from './platform.ts'
import type { ToolchainWant } from './requirement.ts'
import { createSources, type Sources } from './sources.ts'
import { findInToolCache, install, type Installed, type ToolCache } from './tool-cache.ts'
import { newestMatch, specForGoVersion, type VersionSpec } from './version-spec.ts'

export interface ToolchainRequest {
  readonly want: ToolchainWant
  /** Look for the newest that satisfies the want before taking one that is at hand. */
  readonly checkLatest?: boolean
  /** The `architecture` input; empty or absent: this machine's own. */
  readonly architecture?: string
  /** The `go-download-base-url` input; empty or absent: Go's own server. */
  readonly downloadBaseUrl?: string
  /** RUNNER_TOOL_CACHE, or a folder of the user's own (go-settings.ts, userCacheRoot). */
  readonly toolCacheRoot: string
}

export interface Toolchain {
  /** `go1.26.8`. */
  readonly version: string
  readonly goroot: string
  /** Absolute path of the go command. */
  readonly go: string
  readonly source: 'tool-cache' | 'path' | 'download' | 'module-proxy'
  /** `sha256`, `checksum-database`, or why it needed no check. */
  readonly verified: string
  /** Why this version: the input, or the file and line. */
  readonly reason: string
}

/** No source served the wanted Go; the message lists each with why. */
export class ToolchainError extends Error {
  override readonly name = 'ToolchainError'
}

interface Search {
  readonly system: System
  readonly request: ToolchainRequest
  readonly platform: Platform
  readonly cache: ToolCache
  readonly pathGo: PathGo | undefined
  readonly settings: GoSettings
  readonly sources: Sources
  /** One line for each source that did not serve it. */
  readonly failures: string[]
}

/**
 * The Go that a run asks for, from the first source that serves it: the tool cache, PATH, the download list (SHA-256), the
 * module proxy (checksum database). A run that only needs a Go new enough takes the one on PATH first. Throws
 * ToolchainError when none serves it, and VerificationError, which ends the search, when a download is not what it should be.
 */
export async function ensureToolchain(system: System, request: ToolchainRequest): Promise<Toolchain> {
  const search = await prepare(system, request)
  const { want } = request
  const arch = (request.architecture ?? '').trim()
  if (want.kind !== 'spec') {
    const why = pathTooOld(search.pathGo, want.kind === 'at-least' ? want.version : undefined, arch)
    if (why === undefined) return fromPath(search)
  }
  const spec = await resolve(search, specOf(want))
  const cached = await findCached(search, spec)
  if (cached !== undefined) return describe(search, cached, 'tool-cache', 'not downloaded')
  search.failures.push(
    `the tool cache (${search.cache.root}): no Go ${spec.text} for ${shownPlatform(search.platform)}`,
  )
  const why = pathMismatch(search.pathGo, spec, arch)
  if (why === undefined) return fromPath(search)
  search.failures.push(`PATH: ${why}`)
  return (await fromDownload(search, spec)) ?? (await fromProxy(search, spec)) ?? fail(search, spec.text)
}

async function prepare(system: System, request: ToolchainRequest): Promise<Search> {
  const given = request.architecture?.trim() ?? ''
  const platform = { platform: system.host.platform, arch: given === '' ? system.host.arch : given }
  // Asked for its name alone: a malformed one is an error before anything is looked up.
  goArch(platform.arch)
  const server = distribution(request.downloadBaseUrl ?? '')
  const pathGo = await findPathGo(system)
  const settings = await readGoSettings(system, pathGo)
  return {
    system,
    request,
    platform,
    cache: { root: request.toolCacheRoot, tool: toolName(server), platform },
    pathGo,
    settings,
    sources: createSources(system, server, settings.goproxy, platform),
    failures: [],
  }
}

/** A mirror's own folder first; what is under Go's name was Go's own release, which a mirror's user can use as well. */
async function findCached({ system, cache }: Search, spec: VersionSpec): Promise<Installed | undefined> {
  const own = await findInToolCache(system, cache, spec)
  return own !== undefined || cache.tool === 'go' ? own : findInToolCache(system, { ...cache, tool: 'go' }, spec)
}

function specOf(want: ToolchainWant): VersionSpec {
  if (want.kind === 'spec') return want.spec
  return want.kind === 'at-least'
    ? specForGoVersion(want.version)
    : { kind: 'range', range: '*', text: 'of any version' }
}

/** `stable`, `oldstable` and check-latest need to know what there is; the first list that can be read says it. */
async function resolve(search: Search, spec: VersionSpec): Promise<VersionSpec> {
  const { system, request, sources, failures } = search
  if (spec.kind === 'exact' || (spec.kind === 'range' && request.checkLatest !== true)) return spec
  for (const list of [sources.downloads, sources.proxyReleases]) {
    const known = await list()
    const newest = known.ok ? newestMatch(spec, known.versions) : undefined
    if (newest !== undefined) {
      system.log.info(`${spec.text} is Go ${newest} today`)
      return { kind: 'exact', version: newest, text: newest }
    }
    failures.push(known.ok ? `${known.name}: nothing for ${spec.text}` : known.failure)
  }
  if (spec.kind === 'alias') return fail(search, spec.text)
  system.log.warning(
    `check-latest: no list of Go releases can be read, so that what is at hand counts. ${failures.join('; ')}`,
  )
  failures.length = 0
  return spec
}

function fromPath({ pathGo, request }: Search): Toolchain {
  if (pathGo === undefined) throw new ToolchainError('there is no Go on PATH')
  const { go, goroot, version } = pathGo
  return { version, goroot, go, source: 'path', verified: 'not downloaded', reason: request.want.reason }
}

async function fromDownload(search: Search, spec: VersionSpec): Promise<Toolchain | undefined> {
  const { system, sources, platform, cache, failures } = search
  let release: Release | undefined
  const known = await sources.downloads()
  if (known.ok) {
    const version = newestMatch(spec, known.versions)
    release = known.releases.find((one) => one.version === version)
    if (release === undefined) failures.push(`${known.name}: no Go ${spec.text} for ${shownPlatform(platform)}`)
  } else {
    failures.push(known.failure)
    // A mirror need not have a list; a file of a name that can be told, with its hash beside it, will do.
    if (cache.tool !== 'go' && spec.kind === 'exact') {
      release = await attempt(search, 'its .sha256', () => findUnlisted(system, sources.server, platform, spec.version))
    }
  }
  const found = release
  if (found === undefined) return undefined
  return attempt(search, known.name, async () => {
    const installed = await install(system, cache, found.version, (staging) =>
      downloadRelease(system, sources.server, platform, found, staging),
    )
    return describe(search, installed, 'download', 'sha256')
  })
}

async function fromProxy(search: Search, spec: VersionSpec): Promise<Toolchain | undefined> {
  const { system, sources, platform, cache, settings, failures } = search
  const { goproxy } = settings
  if (goproxy === undefined) {
    failures.push('the module proxy: GOPROXY is not set')
    return undefined
  }
  // A proxy serves more than it lists, so that an exact version is simply asked for.
  let version = spec.kind === 'exact' ? spec.version : undefined
  if (version === undefined) {
    const known = await sources.proxyReleases()
    version = known.ok ? newestMatch(spec, known.versions) : undefined
    if (version === undefined) {
      failures.push(known.ok ? `${known.name}: no Go ${spec.text} for ${shownPlatform(platform)}` : known.failure)
      return undefined
    }
  }
  const release = version
  return attempt(search, 'the module proxy', async () => {
    let verified = ''
    // What comes from a proxy is Go's own release, proven so: it belongs under Go's own name.
    const installed = await install(system, { ...cache, tool: 'go' }, release, async (staging) => {
      const done = await downloadFromProxy(system, { ...settings, goproxy }, platform, release, staging)
      verified = done.verified
      return done.goroot
    })
    return describe(search, installed, 'module-proxy', verified)
  })
}

/** A source that cannot be reached leads on to the next; a download that does not verify ends the search. */
async function attempt<T>(search: Search, name: string, act: () => Promise<T>): Promise<T | undefined> {
  try {
    return await act()
  } catch (error) {
    if (error instanceof VerificationError) throw error
    if (search.system.signal.aborted) throw error
    search.failures.push(`${name}: ${messageOf(error)}`)
    return undefined
  }
}

function describe({ request }: Search, installed: Installed, source: Toolchain['source'], verified: string): Toolchain {
  const { version, goroot, go } = installed
  return { version: `go${version}`, goroot, go, source, verified, reason: request.want.reason }
}

function fail({ request, platform, failures }: Search, wanted: string): never {
  const lines = failures.map((line) => `\n  - ${line}`).join('')
  throw new ToolchainError(
    `No source serves Go ${wanted} for ${shownPlatform(platform)} (${request.want.reason}):${lines}`,
  )
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
