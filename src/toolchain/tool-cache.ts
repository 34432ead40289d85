import { randomUUID } from 'node:crypto'
import path from 'node:path'

import type { System } from '../system/types.ts'
import { compareGoVersions } from '../modules/go-version.ts'
import { goBinaryName, type Platform } from './platform.ts'
import { fromSemver, satisfiesSpec, toSemver, type VersionSpec } from './version-spec.ts'

/** A folder of toolchains in the layout of @actions/tool-cache: `<root>/<tool>/<semver>/<arch>`, with `<arch>.complete` beside it. */
export interface ToolCache {
  readonly root: string
  /** `go`; another name for what comes from a mirror of the user's own. */
  readonly tool: string
  readonly platform: Platform
}

/** A toolchain on disk, looked at: its go command is there and its VERSION file says what it is. */
export interface Installed {
  /** Without `go`. */
  readonly version: string
  readonly goroot: string
  readonly go: string
}

type Machine = Pick<System, 'files' | 'clock' | 'log'>

const stagingPrefix = '.gopreflight-'
/** Longer than any install takes: what is older belongs to one that was killed. */
const abandonedSeconds = 2 * 60 * 60
/** A lock is held for two renames; one this old has lost its owner. */
const lockSeconds = 30
/** So long after its last change a folder without `.complete` is taken to be being copied by another tool. */
const copyingSeconds = 60

/**
 * The newest toolchain in the cache that `spec` asks for; undefined when there is none. Damaged ones are passed over and
 * named in the log.
 */
export async function findInToolCache(
  machine: Machine,
  cache: ToolCache,
  spec: VersionSpec,
): Promise<Installed | undefined> {
  const folder = path.join(cache.root, cache.tool)
  if ((await machine.files.stat(folder))?.kind !== 'dir') return undefined
  const versions = (await machine.files.list(folder))
    .filter((entry) => entry.kind !== 'file' && toSemver(entry.name) === entry.name)
    .map((entry) => fromSemver(entry.name))
    .filter((version) => satisfiesSpec(spec, version))
    .sort((a, b) => compareGoVersions(b, a))
  for (const version of versions) {
    const goroot = installDir(cache, version)
    if ((await machine.files.stat(`${goroot}.complete`)) === undefined) continue
    const found = await inspect(machine, cache.platform, goroot)
    if (typeof found !== 'string' && compareGoVersions(found.version, version) === 0) return found
    const why = typeof found === 'string' ? found : `its VERSION says ${found.version}`
    machine.log.warning(`Go ${version} in the tool cache (${goroot}) is passed over: ${why}`)
  }
  return undefined
}

/**
 * Installs `version`: `fill` makes the toolchain in an empty folder and returns where its GOROOT is; it is looked at and then renamed into
 * place, `.complete` coming last, so that nobody ever sees half of one. When somebody else has installed the same
 * meanwhile, theirs is used. What `fill` leaves is removed whatever happens. Throws what `fill` throws, and when the result is no toolchain of that version.
 */
export async function install(
  machine: Machine,
  cache: ToolCache,
  version: string,
  fill: (staging: string) => Promise<string>,
): Promise<Installed> {
  const folder = path.join(cache.root, cache.tool)
  await removeAbandoned(machine, folder)
  const staging = path.join(folder, stagingPrefix + randomUUID())
  await machine.files.makeDir(staging)
  try {
    const filled = await fill(staging)
    const found = await inspect(machine, cache.platform, filled)
    if (typeof found === 'string') throw new Error(`what was unpacked is no toolchain: ${found}`)
    if (compareGoVersions(found.version, version) !== 0) {
      throw new Error(`what was unpacked is Go ${found.version}, not the ${version} it was said to be`)
    }
    return await putInPlace(machine, cache, version, filled, staging)
  } finally {
    await machine.files.remove(staging)
  }
}

/** Where a version lives in the cache. */
export function installDir(cache: ToolCache, version: string): string {
  return path.join(cache.root, cache.tool, toSemver(version) ?? version, cache.platform.arch)
}

/** Looks at a GOROOT; a text says what is wrong with it. */
export async function inspect(
  { files }: Pick<System, 'files'>,
  platform: Platform,
  goroot: string,
): Promise<Installed | string> {
  const go = path.join(goroot, 'bin', goBinaryName(platform.platform))
  const binary = await files.stat(go)
  if (binary?.kind !== 'file' || binary.bytes === 0) return `there is no ${path.basename(go)} in its bin folder`
  if (platform.platform !== 'win32' && (binary.mode & 0o111) === 0) return 'its go command cannot be executed'
  const versionFile = path.join(goroot, 'VERSION')
  if ((await files.stat(versionFile))?.kind !== 'file') return 'there is no VERSION file'
  // `go1.26.8`, since 1.21 with a line of the time behind it.
  const line = ((await files.readText(versionFile)).split('\n')[0] ?? '').trim()
  if (!line.startsWith('go') || toSemver(line) === undefined)
    return `its VERSION says ${JSON.stringify(line.slice(0, 100))}`
  return { version: line.slice(2), goroot, go }
}

async function putInPlace(
  machine: Machine,
  cache: ToolCache,
  version: string,
  filled: string,
  staging: string,
): Promise<Installed> {
  const { files } = machine
  const target = installDir(cache, version)
  const complete = `${target}.complete`
  await waitForCopy(machine, target)
  await files.makeDir(path.dirname(target))
  await withLock(machine, `${target}.gopreflight-lock`, async () => {
    if (
      (await files.stat(complete)) !== undefined &&
      typeof (await inspect(machine, cache.platform, target)) !== 'string'
    )
      return
    await files.remove(complete)
    // Moved, not removed in place: a folder that is half gone must not be found under its name.
    if ((await files.stat(target)) !== undefined) await files.rename(target, path.join(staging, 'replaced'))
    await files.rename(filled, target)
    await files.write(complete, '')
  })
  const found = await inspect(machine, cache.platform, target)
  if (typeof found === 'string') throw new Error(`the toolchain in ${target} was changed by another program: ${found}`)
  return found
}

/** @actions/tool-cache copies for some seconds and marks completion last; taking its folder away meanwhile would break that job. */
async function waitForCopy({ files, clock }: Machine, target: string): Promise<void> {
  for (let waited = 0; waited < copyingSeconds; waited++) {
    const found = await files.stat(target)
    if (found === undefined || (await files.stat(`${target}.complete`)) !== undefined) return
    if (clock.now() - found.modified > copyingSeconds * 1000) return
    await clock.sleep(1)
  }
}

async function withLock(machine: Machine, lock: string, act: () => Promise<void>): Promise<void> {
  const { files, clock } = machine
  const mine = randomUUID()
  while (!(await files.createExclusive(lock, mine))) {
    const held = await files.stat(lock)
    if (held !== undefined && clock.now() - held.modified > lockSeconds * 1000) await files.remove(lock)
    else await clock.sleep(0.1)
  }
  try {
    await act()
  } finally {
    // Unless it was broken: then it is somebody else's now.
    if ((await files.stat(lock)) !== undefined && (await files.readText(lock)) === mine) await files.remove(lock)
  }
}

async function removeAbandoned({ files, clock, log }: Machine, folder: string): Promise<void> {
  if ((await files.stat(folder))?.kind !== 'dir') return
  for (const entry of await files.list(folder)) {
    if (!entry.name.startsWith(stagingPrefix)) continue
    const at = path.join(folder, entry.name)
    const found = await files.stat(at)
    if (found === undefined || clock.now() - found.modified < abandonedSeconds * 1000) continue
    log.debug(`Removing what a killed install left: ${at}`)
    await files.remove(at)
  }
}
