import path from 'node:path'

import { zipSync } from 'fflate'

import { ConfigurationError } from '../config/error.ts'
import { escapePath, escapeVersion } from '../modules/escape.ts'
import { inside } from '../modules/source-path.ts'
import type { Files, System } from '../system/types.ts'

/** Marks a directory as one of our examples and says what it needs to show what it is for. */
const markerName = 'gopreflight-example.json'

export interface Example {
  /** The system to run with: in an example with modules, one whose GOPROXY is a file proxy. */
  readonly system: System
  /** Inputs that the example sets unless flags do. */
  readonly inputs: ReadonlyMap<string, string>
  readonly cleanUp: () => Promise<void>
}

/**
 * Reads a directory as an example: one that holds `gopreflight-example.json`, { "modules": DIR, "targets": "..." }. Modules
 * that exist nowhere else (`path@version/` folders in DIR) are served by a file proxy that is made here and removed
 * afterwards, so that an example needs nothing from the network. Any other directory is left alone.
 */
export async function openExample(system: System, dir: string): Promise<Example> {
  const { files, log } = system
  const marker = path.join(dir, markerName)
  const plain: Example = { system, inputs: new Map(), cleanUp: () => Promise.resolve() }
  if ((await files.stat(marker)) === undefined) return plain
  const value = await readMarker(files, marker)
  const inputs = new Map(typeof value.targets === 'string' ? [['targets', value.targets]] : [])
  for (const [name, text] of inputs) log.info(`This is an example; unless a flag says otherwise: --${name} "${text}"`)
  if (typeof value.modules !== 'string') return { ...plain, inputs }
  const modules = path.resolve(dir, value.modules)
  if (inside(dir, modules) === undefined || (await files.stat(modules))?.kind !== 'dir') {
    throw new ConfigurationError([`${marker}: "modules" must name a folder below ${dir}, not ${value.modules}`])
  }
  const proxy = await files.makeTempDir('gopreflight-proxy-')
  const cache = await files.makeTempDir('gopreflight-modcache-')
  const cleanUp = async (): Promise<void> => {
    await files.remove(proxy)
    await files.remove(cache)
  }
  try {
    await buildProxy(files, modules, proxy)
  } catch (error) {
    await cleanUp()
    throw new ConfigurationError([`${marker}: its modules cannot be read: ${String(error)}`])
  }
  log.info(`This is an example; its modules come from ${value.modules}, through a file proxy made for this run.`)
  const url = `file://${proxy.startsWith('/') ? '' : '/'}${proxy.replaceAll('\\', '/')}`
  const env = { GOPROXY: url, GOMODCACHE: cache, GOFLAGS: '', GONOSUMDB: 'example.com', GOPRIVATE: '', GONOPROXY: '' }
  return {
    inputs,
    system: {
      ...system,
      env: { ...system.env, ...env },
      processes: {
        ...system.processes,
        run: (command) => system.processes.run({ ...command, env: { ...env, ...command.env } }),
      },
    },
    cleanUp,
  }
}

async function readMarker(
  files: Files,
  marker: string,
): Promise<{ readonly modules?: unknown; readonly targets?: unknown }> {
  try {
    const value: unknown = JSON.parse(await files.readText(marker))
    if (typeof value === 'object' && value !== null) return value
  } catch {
    // Told below.
  }
  throw new ConfigurationError([`${marker} is not a JSON object; it marks an example of gopreflight`])
}

/** A GOPROXY folder: `PATH/@v/{list,V.info,V.mod,V.zip}` (https://go.dev/ref/mod#goproxy-protocol). */
async function buildProxy(files: Files, modules: string, proxy: string): Promise<void> {
  for (const { dir, name } of await moduleDirs(files, modules, '')) {
    const [modulePath = '', version = ''] = name.split('@')
    const at = path.join(proxy, ...escapePath(modulePath).split('/'), '@v')
    const file = path.join(at, escapeVersion(version))
    await files.write(path.join(at, 'list'), `${version}\n`)
    await files.write(`${file}.info`, JSON.stringify({ Version: version, Time: '2026-01-01T00:00:00Z' }))
    await files.write(`${file}.mod`, await files.readBytes(path.join(dir, 'go.mod')))
    const names = (await files.list(dir)).filter((entry) => entry.kind === 'file').map((entry) => entry.name)
    const entries = await Promise.all(
      names.sort().map(async (entry) => [`${name}/${entry}`, await files.readBytes(path.join(dir, entry))] as const),
    )
    await files.write(`${file}.zip`, zipSync(Object.fromEntries(entries)))
  }
}

async function moduleDirs(
  files: Files,
  dir: string,
  prefix: string,
): Promise<readonly { readonly dir: string; readonly name: string }[]> {
  const found: { dir: string; name: string }[] = []
  for (const entry of await files.list(dir)) {
    if (entry.kind !== 'dir') continue
    const name = prefix === '' ? entry.name : `${prefix}/${entry.name}`
    const at = path.join(dir, entry.name)
    if (entry.name.includes('@')) found.push({ dir: at, name })
    else found.push(...(await moduleDirs(files, at, name)))
  }
  return found
}
