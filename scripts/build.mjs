// Bundles both entries into dist/, which is committed: users of the action run it as it lies in the repository.
//   node scripts/build.mjs           writes dist/
//   node scripts/build.mjs --check   builds into a temporary folder and names every file of dist/ that differs
import { mkdtemp, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { build } from 'esbuild'
import { licenseNotices } from './licenses.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

/** The bundles by the name they get in dist/, and what each is made from. */
const defaultEntries = { main: 'src/action/main.ts', cli: 'src/cli/cli.ts' }

// An ESM bundle has no `require`, but CommonJS packages inside it call one. The alias matters: a package in the bundle
// imports `createRequire` by that name at its top level, and a second declaration of the name stops the file from loading.
const banner =
  "import { createRequire as __gopreflightRequire } from 'node:module'\nconst require = __gopreflightRequire(import.meta.url)"

/**
 * Bundles the entries into a folder, which is emptied first so that no file of an earlier build stays behind.
 * @param {string} outdir absolute path
 * @param {Record<string, string>} entries bundle name to source path relative to the root
 */
async function bundle(outdir, entries) {
  const { version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'))
  const result = await build({
    absWorkingDir: root,
    entryPoints: entries,
    outdir,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    // Stack traces and reviews are worth more than half of the bytes.
    minify: false,
    charset: 'utf8',
    // They are in licenses.txt, whole.
    legalComments: 'none',
    banner: { js: banner },
    define: { GOPREFLIGHT_VERSION: JSON.stringify(version) },
    metafile: true,
    write: false,
    logLevel: 'warning',
  })
  await rm(outdir, { recursive: true, force: true })
  await mkdir(outdir, { recursive: true })
  for (const file of result.outputFiles) {
    // The command line is a program that pre-commit starts by itself (.pre-commit-hooks.yaml).
    const program = file.text.startsWith('#!')
    await writeFile(file.path, file.contents, { mode: program ? 0o755 : 0o644 })
  }
  await writeFile(path.join(outdir, 'package.json'), '{ "type": "module" }\n')
  await writeFile(path.join(outdir, 'licenses.txt'), await licenseNotices(root, Object.keys(result.metafile.inputs)))
}

/**
 * Names the files that are in one folder only or differ in content.
 * @param {string} expected
 * @param {string} actual
 */
async function differences(expected, actual) {
  const names = new Set([...(await listFiles(expected)), ...(await listFiles(actual))])
  const found = []
  for (const name of [...names].sort()) {
    const [wanted, have] = await Promise.all([readOrUndefined(expected, name), readOrUndefined(actual, name)])
    if (wanted === undefined) found.push(`${name}: not made by the build`)
    else if (have === undefined) found.push(`${name}: missing`)
    else if (!wanted.equals(have)) found.push(`${name}: differs${firstDifferentLine(wanted, have)}`)
  }
  return found
}

async function listFiles(dir) {
  try {
    return (await readdir(dir, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(dir, path.join(entry.parentPath ?? entry.path, entry.name)).replaceAll('\\', '/'))
  } catch (error) {
    if (error.code === 'ENOENT') return []
    throw error
  }
}

async function readOrUndefined(dir, name) {
  try {
    return await readFile(path.join(dir, name))
  } catch (error) {
    if (error.code === 'ENOENT') return undefined
    throw error
  }
}

function firstDifferentLine(wanted, have) {
  const left = wanted.toString('utf8').split('\n')
  const right = have.toString('utf8').split('\n')
  const index = left.findIndex((line, i) => line !== right[i])
  return ` from line ${(index === -1 ? left.length : index) + 1}`
}

const { values } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    // For the tests of this script: another output folder, other entries (`name=path`).
    outdir: { type: 'string' },
    entry: { type: 'string', multiple: true },
  },
})
const outdir = path.resolve(root, values.outdir ?? 'dist')
const entries = values.entry ? Object.fromEntries(values.entry.map((entry) => entry.split('=', 2))) : defaultEntries

if (values.check) {
  const temporary = await mkdtemp(path.join(tmpdir(), 'gopreflight-build-'))
  try {
    await bundle(temporary, entries)
    const found = await differences(temporary, outdir)
    if (found.length > 0) {
      console.error(`dist/ is not what src/ builds to. Run "npm run build" and commit dist/:\n  ${found.join('\n  ')}`)
      process.exitCode = 1
    } else {
      console.log('dist/ is in step with src/')
    }
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
} else {
  await bundle(outdir, entries)
}
