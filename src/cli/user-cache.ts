import path from 'node:path'

import type { System } from '../system/types.ts'

/** Our folder in the user's cache folder, which is where Go's own os.UserCacheDir puts it. */
export function userCacheDir(system: Pick<System, 'env' | 'host'>): string {
  const { env, host } = system
  const base =
    host.platform === 'win32'
      ? (env.LocalAppData ?? env.LOCALAPPDATA ?? path.join(host.homeDir, 'AppData', 'Local'))
      : host.platform === 'darwin'
        ? path.join(host.homeDir, 'Library', 'Caches')
        : (env.XDG_CACHE_HOME ?? path.join(host.homeDir, '.cache'))
  return path.join(base, 'gopreflight')
}
