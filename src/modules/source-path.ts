import path from 'node:path'

import type { ModuleVersion } from '../domain/module.ts'
import { unescapePath } from './escape.ts'

/** Whose file a printed path names. `file` has `/` separators; in a repository it is relative to the root, in a module to the module. */
export type SourcePath =
  | { readonly kind: 'repository'; readonly file: string }
  | { readonly kind: 'module'; readonly module: ModuleVersion; readonly file: string }
  | { readonly kind: 'other'; readonly file: string }

/**
 * Reads a path as the go command prints it: relative to the directory it ran in, or absolute, perhaps into the module
 * cache, where module paths carry `!` escapes (golang.org/x/mod/module, EscapePath).
 */
export function sourcePath(
  file: string,
  place: { readonly root: string; readonly dir: string; readonly moduleCache?: string | undefined },
  host: path.PlatformPath = path,
): SourcePath {
  const absolute = host.resolve(place.dir, file.replaceAll('/', host.sep))
  const cached = place.moduleCache === undefined ? undefined : inside(place.moduleCache, absolute, host)
  const inModule = splitModulePath(cached ?? afterModuleCache(toSlash(absolute, host)))
  if (inModule !== undefined) return inModule
  const relative = inside(place.root, absolute, host)
  return relative === undefined ? { kind: 'other', file: toSlash(file, host) } : { kind: 'repository', file: relative }
}

/** The name a report gives to a file: a dependency's is `module@version/path` (design: `targets[].errors[]`). */
export function reportPath(source: SourcePath): string {
  return source.kind === 'module' ? `${source.module.path}@${source.module.version}/${source.file}` : source.file
}

/** `to` relative to `from` with `/`, or undefined when it lies outside. */
export function inside(from: string, to: string, host: path.PlatformPath = path): string | undefined {
  const relative = host.relative(from, to)
  if (relative === '..' || relative.startsWith(`..${host.sep}`) || host.isAbsolute(relative)) return undefined
  return relative === '' ? '.' : toSlash(relative, host)
}

function toSlash(file: string, host: path.PlatformPath): string {
  return host.sep === '\\' ? file.replaceAll('\\', '/') : file
}

function afterModuleCache(file: string): string | undefined {
  const at = file.indexOf('/pkg/mod/')
  return at < 0 ? undefined : file.slice(at + '/pkg/mod/'.length)
}

function splitModulePath(file: string | undefined): SourcePath | undefined {
  const parts = file?.split('/') ?? []
  const at = parts.findIndex((part) => part.includes('@'))
  const [name, version] = parts[at]?.split('@') ?? []
  if (at < 0 || name === undefined || version === undefined || parts[0] === 'cache') return undefined
  const escaped = [...parts.slice(0, at), name].join('/')
  const modulePath = unescapePath(escaped) ?? escaped
  return {
    kind: 'module',
    module: { path: modulePath, version: unescapePath(version) ?? version },
    file: parts.slice(at + 1).join('/'),
  }
}
