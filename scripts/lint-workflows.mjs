// Runs actionlint and zizmor over the workflows and action.yml, where they are installed (docs/maintaining.md says how).
//   node scripts/lint-workflows.mjs             says plainly which of them is missing and goes on
//   node scripts/lint-workflows.mjs --require   fails when one is missing
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const root = fileURLToPath(new URL('..', import.meta.url))
const { values } = parseArgs({ options: { require: { type: 'boolean', default: false } } })

const workflows = readdirSync(new URL('../.github/workflows', import.meta.url)).map(
  (name) => `.github/workflows/${name}`,
)
const linters = [
  { program: 'actionlint', args: workflows },
  // Offline: the same answer on every machine, and no token needed.
  {
    program: 'zizmor',
    args: ['--offline', '--quiet', '--persona', 'pedantic', '.github', 'action.yml'],
  },
]

for (const { program, args } of linters) {
  const { error, status } = spawnSync(program, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] })
  if (error?.code === 'ENOENT') {
    console.log(`${program} is not installed: the workflows were not checked with it`)
    if (values.require) process.exitCode = 1
  } else if (error !== undefined || status !== 0) {
    console.error(`${program} has findings or could not run${error === undefined ? '' : `: ${error.message}`}`)
    process.exitCode = 1
  } else {
    console.log(`${program}: no findings`)
  }
}
