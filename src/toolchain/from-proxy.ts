import path from 'node:path'

import type { System } from '../system/types.ts'
import { hashZip } from '../modules/dirhash.ts'
import { createModuleProxy } from '../modules/goproxy.ts'
import { lookupChecksums } from '../modules/sumdb/client.ts'
import { toolchainNeedsDatabase } from '../modules/sumdb/config.ts'
import { VerificationError } from './distribution.ts'
import type { GoSettings } from './go-settings.ts'
import { releaseOfModuleVersion, toolchainModuleVersion, type Platform } from './platform.ts'
import { unpackZip } from './unpack.ts'

const modulePath = 'golang.org/toolchain'

type Machine = Pick<System, 'http' | 'files' | 'clock' | 'log'>

/** Releases for a machine that the module proxy lists, without `go`; it may serve more than it lists. Throws ProxyError. */
export async function listProxyReleases(
  machine: Machine,
  goproxy: string,
  platform: Platform,
): Promise<readonly string[]> {
  const versions = await createModuleProxy(machine, goproxy).list(modulePath)
  return versions.flatMap((version) => releaseOfModuleVersion(version, platform) ?? [])
}

/**
 * Downloads a release as the module golang.org/toolchain into `staging`, checks its hash against the checksum database and unpacks it;
 * resolves to its GOROOT and how it was verified. The database decides alone, whatever go.sum or GONOSUMDB say: nothing else
 * vouches for a toolchain (CVE-2026-94447). Throws VerificationError when the hash is another or the database has none, with the file deleted;
 * ProxyError or Error when the download or the look-up fails.
 */
export async function downloadFromProxy(
  machine: Machine,
  settings: GoSettings & { readonly goproxy: string },
  platform: Platform,
  release: string,
  staging: string,
): Promise<{ readonly goroot: string; readonly verified: string }> {
  const version = toolchainModuleVersion(release, platform)
  const named = `${modulePath}@${version}`
  const zip = path.join(staging, 'toolchain.zip')
  machine.log.info(`Downloading ${named} from the module proxy`)
  await createModuleProxy(machine, settings.goproxy).zip(modulePath, version, zip)
  const answer = await lookupChecksums(machine, settings, { path: modulePath, version })
  let verified = 'checksum-database'
  if (answer.kind === 'record') {
    const hash = await hashOf(machine, zip, named)
    if (hash !== answer.zip) {
      await machine.files.remove(zip)
      throw new VerificationError(
        `${named} from the module proxy was refused and deleted: its hash is ${hash}, the checksum database ${answer.database} says ` +
          `${answer.zip}. The file was damaged on the way or exchanged; nothing of it was used.`,
      )
    }
  } else if (answer.kind === 'unavailable' && !toolchainNeedsDatabase(settings)) {
    // Go makes the same exception (modfetch/sumdb.go, useSumDB): a folder on this machine, and no other proxy.
    verified = `not verified: GOPROXY is one folder of this machine, and ${answer.reason}`
    machine.log.warning(`${named} is ${verified}`)
  } else {
    await machine.files.remove(zip)
    const why = answer.kind === 'missing' ? `the checksum database ${answer.database} does not know it` : answer.reason
    throw new VerificationError(`${named} from the module proxy cannot be verified and was deleted: ${why}`)
  }
  const goroot = path.join(staging, 'go')
  await unpackZip(machine, zip, goroot, (name) => placeOf(name, named), modeOf)
  return { goroot, verified }
}

/**
 * Where an entry of the zip goes below GOROOT. Files named go.mod would end a module's zip, so that they are stored as `_go.mod`;
 * both names are written, as the go command leaves it (cmd/go/internal/toolchain/select.go).
 */
export function placeOf(entry: string, named: string): readonly string[] {
  const prefix = `${named}/`
  if (!entry.startsWith(prefix)) throw new Error(`it holds ${JSON.stringify(entry)}, which is outside of ${named}`)
  const relative = entry.slice(prefix.length)
  const cut = relative.lastIndexOf('/') + 1
  return relative.slice(cut) === '_go.mod' ? [relative, `${relative.slice(0, cut)}go.mod`] : [relative]
}

/** Module zips carry no permissions: commands, tools and the go_*_exec helpers get theirs (toolchain/select.go). */
export function modeOf(relative: string): number {
  const program =
    relative.startsWith('bin/') ||
    relative.startsWith('pkg/tool/') ||
    (relative.startsWith('lib/') && /\/go_[^/_]+_[^/]+_exec$/.test(relative))
  return program ? 0o755 : 0o644
}

async function hashOf({ files }: Machine, zip: string, named: string): Promise<string> {
  try {
    return await hashZip(files, zip)
  } catch (error) {
    await files.remove(zip)
    const why = error instanceof Error ? error.message : String(error)
    throw new VerificationError(`${named} from the module proxy was refused and deleted: ${why}`)
  }
}
