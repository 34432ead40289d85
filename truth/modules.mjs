// Real modules for the comparison: taken through the go command, copied to a folder where they can be main modules.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'

/**
 * The module list: one `module@version` a line; `#` begins a comment. Words after it, such as `ports=2`, are options.
 * @param {string} text
 * @returns {readonly { spec: string, options: Readonly<Record<string, string>> }[]}
 */
export function parseModuleList(text) {
  const lines = text.split('\n').map((line) => line.split('#', 1)[0].trim())
  return lines
    .filter((line) => line !== '')
    .map((line) => {
      const [spec, ...words] = line.split(/\s+/)
      return { spec, options: Object.fromEntries(words.map((word) => word.split('=', 2))) }
    })
}

/** A module or target as a file name. */
export const asFileName = (name) => name.replaceAll(/[^A-Za-z0-9.@-]/g, '_')

/**
 * The folder with a writable copy of `spec`, made when it is not there. A module from before go.mod gets one.
 * @param {string} spec module@version
 * @param {string} cache
 */
export function moduleDir(spec, cache) {
  const dir = path.join(cache, 'modules', asFileName(spec))
  if (existsSync(dir)) return dir
  const { Dir: source, Error: error } = JSON.parse(go(['mod', 'download', '-json', spec], cache).stdout || '{}')
  if (source === undefined) throw new Error(`cannot download ${spec}: ${error ?? 'no answer'}`)
  // Made under another name first: an interrupted copy must not be taken for a module.
  const making = `${dir}.making`
  rmSync(making, { recursive: true, force: true })
  mkdirSync(path.dirname(dir), { recursive: true })
  cpSync(source, making, { recursive: true })
  spawnSync('chmod', ['-R', 'u+w', making])
  // A module's zip holds vendor/modules.txt without the packages.
  rmSync(path.join(making, 'vendor'), { recursive: true, force: true })
  complete(making, spec)
  renameSync(making, dir)
  return dir
}

/** Downloads what the module's packages need on a few unlike ports, and lets go.mod and go.sum say so. */
function complete(dir, spec) {
  const goMod = path.join(dir, 'go.mod')
  const known = existsSync(goMod) && readFileSync(goMod, 'utf8').includes('module')
  if (!known) {
    go(['mod', 'init', spec.slice(0, spec.lastIndexOf('@'))], dir)
    go(['mod', 'tidy', '-e'], dir)
  }
  for (const port of ['linux/amd64', 'windows/amd64', 'darwin/arm64']) {
    const [GOOS, GOARCH] = port.split('/')
    go(['list', '-mod=mod', '-e', '-deps', '-test', '-f', '{{.ImportPath}}', './...'], dir, { GOOS, GOARCH })
  }
}

function go(args, cwd, env = {}) {
  return spawnSync('go', args, {
    cwd,
    env: { ...process.env, GOWORK: 'off', ...env },
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
}
