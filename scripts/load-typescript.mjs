// Scripts run on Node 20, which cannot read TypeScript: what they need from src/ is bundled first.
import { mkdtemp, rm, writeFile, mkdir } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))

/**
 * Imports a module of src/ and returns its exports. Packages are left to Node: the bundle lies below node_modules for a
 * moment so that they are found.
 * @param {string} entry path relative to the root of the repository
 * @returns {Promise<any>}
 */
export async function loadTypeScript(entry) {
  const result = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    logLevel: 'warning',
  })
  const cache = path.join(root, 'node_modules/.cache')
  await mkdir(cache, { recursive: true })
  const folder = await mkdtemp(path.join(cache, 'load-'))
  try {
    const file = path.join(folder, 'module.mjs')
    await writeFile(file, result.outputFiles[0].text)
    return await import(pathToFileURL(file).href)
  } finally {
    await rm(folder, { recursive: true })
  }
}
