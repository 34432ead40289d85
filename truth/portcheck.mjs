// Asks portcheck in the way the product does: the TypeScript room builds the program, its request and reads the answer.
import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))

const entry = `
export { createNodeSystem } from './src/system/node/system.ts'
export { createGo } from './src/go/go.ts'
export { readGoEnv } from './src/go/list.ts'
export { portsTable } from './src/portcheck/ports-table.ts'
export { buildRequest } from './src/portcheck/request.ts'
export { checkPorts } from './src/portcheck/check.ts'
`

/**
 * @param {{ cache: string, binary?: string, env?: Record<string, string> }} options cache: folder for the program and the
 *   table of ports; binary: a portcheck that is already built
 */
export async function createChecker({ cache, binary }) {
  const room = await importRoom(cache)
  const systems = { module: system(room, { GOWORK: 'off' }), workspace: system(room, {}) }
  const goroot = execFileSync('go', ['env', 'GOROOT'], { encoding: 'utf8' }).trim()
  const version = execFileSync('go', ['env', 'GOVERSION'], { encoding: 'utf8' }).trim()
  const program = binary ?? buildProgram(cache)
  const tool = { binary: program, source: 'built', seconds: 0, dir: cache, resultsDir: '' }

  /** @param {{ dir: string, ports: readonly string[], cgo: boolean, tests: boolean, patterns?: readonly string[] }} question */
  async function check({ dir, ports, cgo, tests, workspace = false, patterns = ['./...'] }) {
    const system = workspace ? systems.workspace : systems.module
    const goBinary = path.join(goroot, 'bin', 'go')
    const go = room.createGo({ system, goBinary, goroot, version, dir, gotoolchain: 'local', timeoutSeconds: 120 })
    const goEnv = await room.readGoEnv(go)
    const table = await room.portsTable({ system, go, env: goEnv, dir: path.join(cache, 'ports') })
    const targets = ports.map((port) => {
      const [goos, goarch] = port.split('/')
      return { goos, goarch, cgo }
    })
    const request = await room.buildRequest({ system, go, env: goEnv, dir, targets, table, patterns, tests })
    return room.checkPorts({ system, tool, request, timeoutSeconds: 600 })
  }
  return { check, goVersion: version }
}

function system(room, env) {
  const log = { debug() {}, info() {}, notice() {}, warning() {}, error() {}, group: (_, body) => body() }
  return room.createNodeSystem({ env: { ...process.env, ...env }, log })
}

async function importRoom(cache) {
  const outfile = path.join(cache, 'room.mjs')
  await build({
    stdin: { contents: entry, resolveDir: root, sourcefile: 'truth-entry.ts', loader: 'ts' },
    outfile,
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    banner: { js: "import { createRequire as __r } from 'node:module'\nconst require = __r(import.meta.url)" },
    logLevel: 'error',
  })
  return import(pathToFileURL(outfile).href)
}

function buildProgram(cache) {
  const output = path.join(cache, process.platform === 'win32' ? 'portcheck.exe' : 'portcheck')
  mkdirSync(cache, { recursive: true })
  execFileSync('go', ['build', '-o', output, '.'], {
    cwd: path.join(root, 'portcheck'),
    env: { ...process.env, GOWORK: 'off', GOFLAGS: '-buildvcs=false' },
    stdio: 'inherit',
  })
  return output
}
