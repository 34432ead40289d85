// Scripts run on Node 20, which cannot read TypeScript: what they need from src/ is bundled first.
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))

/**
 * Imports a module of src/ and returns its exports. Meant for plain data and pure functions: packages are not bundled.
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
  const code = result.outputFiles[0].text
  return import(`data:text/javascript;base64,${Buffer.from(code).toString('base64')}`)
}
