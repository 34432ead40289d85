import path from 'node:path'

import type { System } from '../system/types.ts'
import { compareGoVersions } from '../modules/go-version.ts'
import { goArch } from './platform.ts'
import { satisfiesSpec, type VersionSpec } from './version-spec.ts'

/** The Go on PATH, as it describes itself. */
export interface PathGo {
  /** Absolute path of the go command. */
  readonly go: string
  /** `go1.26.8`, or `devel go1.28-abcdef` for one built from source. */
  readonly version: string
  readonly goroot: string
  /** GOHOSTARCH; empty for one that does not say. */
  readonly arch: string
  /** `go env` of the settings that decide where modules come from, persisted values and Go's own defaults included. */
  readonly settings: Readonly<Record<string, string>>
}

const settingNames = ['GOPROXY', 'GOSUMDB', 'GONOSUMDB', 'GOPRIVATE'] as const
const names = ['GOVERSION', 'GOROOT', 'GOHOSTARCH', ...settingNames]

/**
 * Asks the Go on PATH for itself; undefined when there is none or it does not answer, the reason being logged. GOTOOLCHAIN=local and a
 * folder without a go.mod keep it from fetching and becoming another version.
 */
export async function findPathGo(system: System): Promise<PathGo | undefined> {
  const go = await system.processes.find('go')
  if (go === undefined) return undefined
  const ask = async (...args: readonly string[]): Promise<string | undefined> => {
    const result = await system.processes.run({
      argv: [go, ...args],
      cwd: system.host.tempDir,
      env: { GOTOOLCHAIN: 'local', GOWORK: 'off', GOFLAGS: undefined },
      timeoutSeconds: 60,
    })
    if (result.exitCode === 0) return result.stdout.text
    const why = result.spawnError ?? (result.timedOut ? 'no answer in time' : result.stderr.text.trim().slice(0, 500))
    system.log.warning(`The go command on PATH (${go}) does not work: ${why}`)
    return undefined
  }
  const json = await ask('env', '-json', ...names)
  const env = json === undefined ? undefined : parseEnv(json)
  if (env === undefined) return undefined
  // GOVERSION is there since Go 1.16.
  const said = env.GOVERSION ?? ''
  const version = said === '' ? parseVersionLine((await ask('version')) ?? '') : said
  if (version === undefined) return undefined
  const goroot = env.GOROOT ?? path.dirname(path.dirname(go))
  const settings = Object.fromEntries(settingNames.map((name) => [name, env[name] ?? '']))
  return { go, version, goroot, arch: env.GOHOSTARCH ?? '', settings }
}

/**
 * Why the Go on PATH will not do for a run that needs at least `version` (undefined: any); undefined when it will. Only an
 * `arch` that was asked for (not empty) rules one out: a Go for another that runs here was somebody's choice.
 */
export function pathTooOld(pathGo: PathGo | undefined, version: string | undefined, arch: string): string | undefined {
  if (pathGo === undefined) return 'no Go'
  if (!rightArch(pathGo, arch)) return `${shown(pathGo)} is for ${pathGo.arch}`
  if (version === undefined || compareGoVersions(releaseOf(pathGo.version), version) >= 0) return undefined
  return `${shown(pathGo)} is older than ${version}`
}

/** Why the Go on PATH is not one that `spec` asks for; undefined when it is. One built from source is none. */
export function pathMismatch(pathGo: PathGo | undefined, spec: VersionSpec, arch: string): string | undefined {
  if (pathGo === undefined) return 'no Go'
  if (!rightArch(pathGo, arch)) return `${shown(pathGo)} is for ${pathGo.arch}`
  const release = pathGo.version.startsWith('devel') ? '' : releaseOf(pathGo.version)
  return satisfiesSpec(spec, release) ? undefined : shown(pathGo)
}

/** `go version go1.15.3 linux/amd64` -> `go1.15.3`. */
export function parseVersionLine(line: string): string | undefined {
  return /^go version (devel go\S+|go\S+)/.exec(line.trim())?.[1]
}

/** The release that a version is, for comparing: `go1.26.8 X:loopvar` -> `1.26.8`, `devel go1.28-abc` -> `1.28`. */
export function releaseOf(version: string): string {
  return (/go([0-9][0-9A-Za-z.]*)/.exec(version)?.[1] ?? '').replace(/\.$/, '')
}

function parseEnv(json: string): Readonly<Record<string, string>> | undefined {
  try {
    const parsed: unknown = JSON.parse(json)
    if (typeof parsed !== 'object' || parsed === null) return undefined
    return Object.fromEntries(
      Object.entries(parsed).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    )
  } catch {
    return undefined
  }
}

function rightArch(pathGo: PathGo, arch: string): boolean {
  return arch === '' || pathGo.arch === '' || pathGo.arch === goArch(arch)
}

function shown({ version, go }: PathGo): string {
  return `${version} (${go})`
}
