import type { System } from '../system/types.ts'
import { shownUrl } from '../modules/fetch.ts'
import { readDownloadList, type Distribution, type Release } from './distribution.ts'
import { listProxyReleases } from './from-proxy.ts'
import type { Platform } from './platform.ts'

/** What a source lists, or why it cannot be read, as a line for people that begins with the source's name. */
export type Known<T> =
  | ({ readonly ok: true; readonly name: string; readonly versions: readonly string[] } & T)
  | { readonly ok: false; readonly name: string; readonly failure: string }

/** The lists of releases, each read at most once. */
export interface Sources {
  readonly server: Distribution
  readonly downloads: () => Promise<Known<{ readonly releases: readonly Release[] }>>
  readonly proxyReleases: () => Promise<Known<object>>
}

/** Nothing is asked until a list is wanted. The functions never throw. */
export function createSources(
  system: Pick<System, 'http' | 'files' | 'clock' | 'log'>,
  server: Distribution,
  goproxy: string | undefined,
  platform: Platform,
): Sources {
  let downloads: ReturnType<Sources['downloads']> | undefined
  let releases: ReturnType<Sources['proxyReleases']> | undefined
  const listName = `the download list (${shownUrl(server.base)})`
  const proxyName = 'the module proxy'
  return {
    server,
    downloads: () =>
      (downloads ??= known(listName, async () => {
        const found = await readDownloadList(system, server, platform)
        return { versions: found.map((release) => release.version), releases: found }
      })),
    proxyReleases: () =>
      (releases ??= known(proxyName, async () => {
        if (goproxy === undefined) throw new Error('GOPROXY is not set')
        return { versions: await listProxyReleases(system, goproxy, platform) }
      })),
  }
}

async function known<T extends { readonly versions: readonly string[] }>(
  name: string,
  read: () => Promise<T>,
): Promise<Known<T>> {
  try {
    return { ok: true, name, ...(await read()) }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return { ok: false, name, failure: `${name}: ${why}` }
  }
}
