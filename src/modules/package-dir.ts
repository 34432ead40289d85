import path from 'node:path'

import type { GoModFile } from '../domain/go-files.ts'
import { escapePath, escapeVersion } from './escape.ts'

/**
 * Where the module cache has a package, by the requirements of go.mod: of the longest module path that the import path
 * begins with. Undefined for a module that go.mod does not list, and for one that it replaces, which is a matter for the go
 * command. Whether the folder is there is not looked at.
 */
export function requiredDir(goMod: GoModFile, importPath: string, moduleCache: string): string | undefined {
  const [module] = goMod.require
    .filter((one) => importPath === one.path || importPath.startsWith(`${one.path}/`))
    .sort((a, b) => b.path.length - a.path.length)
  if (module === undefined || goMod.replace.some((one) => one.old.path === module.path)) return undefined
  const root = `${escapePath(module.path)}@${escapeVersion(module.version)}`
  return path.join(moduleCache, root, importPath.slice(module.path.length))
}
