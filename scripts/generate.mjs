// Writes everything that is made from tables in src/: action.yml, the tables of the docs, the indexes and pages of probes and rules.
//   node scripts/generate.mjs           writes the files that differ and removes pages of rules that are gone
//   node scripts/generate.mjs --check   writes nothing and names what is out of date
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import * as prettier from 'prettier'
import { generateInputs } from './generate-inputs.mjs'
import { generatePolicy } from './generate-policy.mjs'
import { generateProbes } from './generate-probes.mjs'
import { generateRules } from './generate-rules.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Folders in which every file is generated: one that no generator makes any more is stale. */
const generatedFolders = ['docs/rules']

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } })
const files = new Map([
  ...(await generateInputs(root)),
  ...(await generatePolicy(root)),
  ...(await generateProbes(root)),
  ...(await generateRules()),
])

const stale = []
for (const [file, text] of files) {
  const wanted = await formatted(file, text)
  if ((await readOrUndefined(file)) === wanted) continue
  stale.push(file)
  if (values.check) continue
  await mkdir(path.dirname(path.join(root, file)), { recursive: true })
  await writeFile(path.join(root, file), wanted)
}
for (const folder of generatedFolders) {
  for (const name of await listOrEmpty(folder)) {
    const file = `${folder}/${name}`
    if (files.has(file)) continue
    stale.push(file)
    if (!values.check) await rm(path.join(root, file))
  }
}

if (values.check && stale.length > 0) {
  console.error(`Generated files are out of date. Run "npm run generate" and commit:\n  ${stale.sort().join('\n  ')}`)
  process.exitCode = 1
} else if (stale.length > 0) {
  console.log(`Written:\n  ${stale.sort().join('\n  ')}`)
} else {
  console.log('Generated files are up to date')
}

/** Generated files look as `npm run format` would leave them, so that the two never undo each other. */
async function formatted(file, text) {
  const absolute = path.join(root, file)
  const info = await prettier.getFileInfo(absolute, { ignorePath: path.join(root, '.prettierignore') })
  if (info.ignored || info.inferredParser === null) return text
  return prettier.format(text, { ...(await prettier.resolveConfig(absolute)), filepath: absolute })
}

async function readOrUndefined(file) {
  try {
    return (await readFile(path.join(root, file), 'utf8')).replaceAll('\r\n', '\n')
  } catch (error) {
    if (error.code === 'ENOENT') return undefined
    throw error
  }
}

async function listOrEmpty(folder) {
  try {
    return await readdir(path.join(root, folder))
  } catch (error) {
    if (error.code === 'ENOENT') return []
    throw error
  }
}
