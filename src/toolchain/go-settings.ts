import path from 'node:path'

import type { Host, System } from '../system/types.ts'
import type { PathGo } from './path-go.ts'

/** Where modules and checksums come from on this machine. */
export interface GoSettings {
  readonly goproxy?: string
  readonly gosumdb?: string
  readonly gonosumdb?: string
  readonly goprivate?: string
}

/**
 * GOPROXY and its kin as the go command would see them: the environment, then what `go env -w` wrote, then a Go that can be asked.
 * An empty variable counts as unset, as in Go. Without any Go nothing is assumed: absent members are really unset.
 */
export async function readGoSettings(
  system: Pick<System, 'env' | 'host' | 'files'>,
  pathGo: PathGo | undefined,
): Promise<GoSettings> {
  const persisted = await readPersisted(system)
  const read = (name: string): string | undefined =>
    [system.env[name], persisted[name], pathGo?.settings[name]].find((value) => value !== undefined && value !== '')
  const goproxy = read('GOPROXY')
  const gosumdb = read('GOSUMDB')
  const gonosumdb = read('GONOSUMDB')
  const goprivate = read('GOPRIVATE')
  return {
    ...(goproxy === undefined ? {} : { goproxy }),
    ...(gosumdb === undefined ? {} : { gosumdb }),
    ...(gonosumdb === undefined ? {} : { gonosumdb }),
    ...(goprivate === undefined ? {} : { goprivate }),
  }
}

/** The file of `go env -w` (cmd/go/internal/cfg/cfg.go, EnvFile); undefined when it is switched off or cannot be told. */
export function envFile(env: Readonly<Record<string, string | undefined>>, host: Host): string | undefined {
  const given = env.GOENV ?? ''
  if (given === 'off') return undefined
  if (given !== '') return given
  const join = joiner(host)
  if (host.platform === 'win32')
    return env.AppData || env.APPDATA ? join(env.AppData ?? env.APPDATA ?? '', 'go', 'env') : undefined
  if (host.platform === 'darwin') return join(host.homeDir, 'Library', 'Application Support', 'go', 'env')
  const config = env.XDG_CONFIG_HOME ?? ''
  return join(config === '' ? join(host.homeDir, '.config') : config, 'go', 'env')
}

/**
 * Where a command line keeps what it downloads, in the user's own cache folder: os.UserCacheDir of Go with `gopreflight` below it.
 */
export function userCacheRoot(env: Readonly<Record<string, string | undefined>>, host: Host): string {
  const join = joiner(host)
  if (host.platform === 'win32') {
    const local = env.LocalAppData ?? env.LOCALAPPDATA ?? ''
    return join(local === '' ? join(host.homeDir, 'AppData', 'Local') : local, 'gopreflight')
  }
  if (host.platform === 'darwin') return join(host.homeDir, 'Library', 'Caches', 'gopreflight')
  // The XDG specification calls a relative path invalid.
  const cache = env.XDG_CACHE_HOME ?? ''
  return join(cache.startsWith('/') ? cache : join(host.homeDir, '.cache'), 'gopreflight')
}

/** `NAME=value` lines; others, comments among them, do not count (cmd/go/internal/cfg/cfg.go, readEnvFile). */
export function parseEnvFile(text: string): Readonly<Record<string, string>> {
  const found: Record<string, string> = {}
  for (const line of text.split('\n')) {
    const [, name, value] = /^([A-Z][A-Z0-9_]*)=(.*)$/.exec(line.replace(/\r$/, '')) ?? []
    if (name !== undefined && value !== undefined) found[name] = value
  }
  return found
}

async function readPersisted(
  system: Pick<System, 'env' | 'host' | 'files'>,
): Promise<Readonly<Record<string, string>>> {
  const file = envFile(system.env, system.host)
  if (file === undefined) return {}
  try {
    return parseEnvFile(await system.files.readText(file))
  } catch {
    // Not there is the usual case, and an unreadable one must not keep Go from being installed another way.
    return {}
  }
}

function joiner({ platform }: Host): (...parts: readonly string[]) => string {
  return platform === 'win32' ? (...parts) => path.win32.join(...parts) : (...parts) => path.posix.join(...parts)
}
