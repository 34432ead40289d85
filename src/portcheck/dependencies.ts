import path from 'node:path'

import type { GoModFile, ReplaceLine } from '../domain/go-files.ts'
import { escapePath, escapeVersion } from '../modules/escape.ts'
import { parseGoMod } from '../modules/go-mod.ts'
import { compareSemver } from '../modules/semver.ts'
import type { Files } from '../system/types.ts'
import type { WireModule } from './wire.ts'

/** A module of the build list before its own go.mod was looked at. */
interface Located {
  readonly path: string
  readonly version: string
  /** Empty when it can be nowhere: its version is none. */
  readonly dir: string
  readonly replaced: boolean
}

/** Files read at a time: far below the limits on open files, far above what four threads of Node keep busy. */
const readers = 64

/**
 * The modules that the require lines of go.mod name, with the folders of their sources. From Go 1.17 on these are all
 * that can provide a package of the build (https://go.dev/ref/mod#graph-pruning), so no go command is asked.
 * `dir` is the directory of the go.mod, `modCache` is GOMODCACHE.
 */
export async function requiredModules(
  files: Files,
  goMod: Pick<GoModFile, 'require' | 'replace'>,
  dir: string,
  modCache: string,
): Promise<readonly WireModule[]> {
  const newest = new Map<string, string>()
  for (const { path: name, version } of goMod.require) {
    const known = newest.get(name)
    if (known === undefined || compareSemver(version, known) > 0) newest.set(name, version)
  }
  const located = [...newest].map(([name, version]) => locate(goMod.replace, name, version, dir, modCache))
  return inParallel(located, readers, async (module) => {
    const found = await lookInto(files, module.dir)
    // A directory that is not there has no content, and go blames the version that it stands for.
    const missing = module.replaced && module.version === '' && found.dir === ''
    return missing ? { ...module, version: newest.get(module.path) ?? '', go: '' } : { ...module, ...found }
  })
}

/** The go line of a go.mod; empty for none. Only that line is parsed: a build has hundreds of them. */
export function goLine(text: string): string {
  const lines = text.split('\n').filter((line) => /^[ \t]{0,8}go[ \t]/.test(line))
  return lines.length === 0 ? '' : (parseGoMod(lines.join('\n')).go?.value ?? '')
}

function locate(
  replace: readonly ReplaceLine[],
  name: string,
  version: string,
  dir: string,
  modCache: string,
): Located {
  const ofPath = replace.filter(({ old }) => old.path === name)
  const found = ofPath.find(({ old }) => old.version === version) ?? ofPath.find(({ old }) => old.version === undefined)
  if (found === undefined) {
    return { path: name, version, dir: cacheDir(modCache, name, version), replaced: false }
  }
  const { path: to, version: toVersion } = found.replacement
  // A directory has no version: what its files say is not what the required version says.
  return toVersion === undefined
    ? { path: name, version: '', dir: path.resolve(dir, to), replaced: true }
    : { path: name, version, dir: cacheDir(modCache, to, toVersion), replaced: true }
}

function cacheDir(modCache: string, name: string, version: string): string {
  try {
    return path.join(modCache, `${escapePath(name)}@${escapeVersion(version)}`)
  } catch {
    return ''
  }
}

/** What the folder of a module says; an old module may have no go.mod, and one that was not downloaded has no folder. */
async function lookInto(files: Files, dir: string): Promise<{ readonly dir: string; readonly go: string }> {
  if (dir === '') return { dir, go: '' }
  try {
    return { dir, go: goLine(await files.readText(path.join(dir, 'go.mod'))) }
  } catch {
    return { dir: (await files.stat(dir))?.kind === 'dir' ? dir : '', go: '' }
  }
}

/** The results of `work` in the order of `items`, at most `most` at a time. */
export async function inParallel<T, R>(
  items: readonly T[],
  most: number,
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = []
  const waiting = [...items.entries()].reverse()
  const worker = async (): Promise<void> => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) results[next[0]] = await work(next[1])
  }
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, worker))
  return results
}
