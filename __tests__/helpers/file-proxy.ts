import path from 'node:path'
import { pathToFileURL } from 'node:url'

import { zipSync } from 'fflate'

import { escapePath } from '../../src/modules/escape.ts'
import { makeFolder, writeFiles } from './folder.ts'

/** Modules for a GOPROXY folder: `path@version` -> files of the module. Returns its file:// URL. */
export async function makeFileProxy(
  modules: Readonly<Record<string, Readonly<Record<string, string>>>>,
): Promise<string> {
  const folder = await makeFolder()
  const versions = new Map<string, string[]>()
  for (const [name, files] of Object.entries(modules)) {
    const [modulePath = '', version = ''] = name.split('@')
    const at = path.join(escapePath(modulePath), '@v')
    const entries = Object.entries(files).map(([file, text]) => [`${name}/${file}`, Buffer.from(text)] as const)
    await writeFiles(folder, {
      [`${at}/${version}.info`]: JSON.stringify({ Version: version, Time: '2026-01-01T00:00:00Z' }),
      [`${at}/${version}.mod`]: files['go.mod'] ?? '',
      [`${at}/${version}.zip`]: zipSync(Object.fromEntries(entries)),
    })
    versions.set(at, [...(versions.get(at) ?? []), version])
  }
  for (const [at, list] of versions) await writeFiles(folder, { [`${at}/list`]: `${list.join('\n')}\n` })
  return pathToFileURL(folder).href
}
