import path from 'node:path'

import { escapePath, escapeVersion } from '../modules/escape.ts'
import { writeZip } from '../modules/zip-write.ts'
import type { Files, System } from '../system/types.ts'

/** Marks a directory as one of our examples and says where the modules are that it needs. */
const markerName = 'gopreflight-example.json'

/**
 * Some examples need a module that exists nowhere else, and nothing from the network: a directory that holds
 * `gopreflight-example.json` ({ "modules": "DIR" }) has the modules in DIR (`path@version/` folders) served by a file
 * proxy that is made here and removed afterwards. Any other directory is left alone. Returns the system to run with.
 */
export async function withExampleModules(
  system: System,
  dir: string,
  cleanUp: (() => Promise<void>)[],
): Promise<System> {
  const { files } = system
  const marker = path.join(dir, markerName)
  if ((await files.stat(marker)) === undefined) return system
  const value: unknown = JSON.parse(await files.readText(marker))
  const modules = typeof value === 'object' && value !== null && 'modules' in value ? value.modules : undefined
  if (typeof modules !== 'string') return system
  const proxy = await files.makeTempDir('gopreflight-proxy-')
  const cache = await files.makeTempDir('gopreflight-modcache-')
  cleanUp.push(
    () => files.remove(proxy),
    () => files.remove(cache),
  )
  await buildProxy(files, path.join(dir, modules), proxy)
  system.log.info(`This is an example: its modules come from ${modules}, through a file proxy made for this run.`)
  const url = `file://${proxy.startsWith('/') ? '' : '/'}${proxy.replaceAll('\\', '/')}`
  const env = { GOPROXY: url, GOMODCACHE: cache, GOFLAGS: '', GONOSUMDB: 'example.com', GOPRIVATE: '', GONOPROXY: '' }
  return {
    ...system,
    env: { ...system.env, ...env },
    processes: { ...system.processes, run: (command) => system.processes.run({ ...command, env: { ...env, ...command.env } }) },
  }
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
      names.sort().map(async (entry) => ({ name: `${name}/${entry}`, content: await files.readBytes(path.join(dir, entry)) })),
    )
    await files.write(`${file}.zip`, writeZip(entries))
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
