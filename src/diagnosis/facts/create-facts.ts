import path from 'node:path'

import type { ChecksumAnswer, ExcludedDeclaration, ExcludedFile, Facts } from '../../domain/facts.ts'
import type { Location, ModuleVersion } from '../../domain/module.ts'
import type { Target } from '../../domain/port.ts'
import { requiredDir } from '../../modules/package-dir.ts'
import { inside, reportPath, sourcePath } from '../../modules/source-path.ts'
import type { Files } from '../../system/types.ts'
import type { BuildContext } from '../../modules/build-constraint.ts'
import {
  createGoFolders,
  declaredIn,
  declaring,
  importsNamed,
  leftOutFiles,
  type GoFile,
  type GoFolders,
  type LeftOut,
} from './excluded.ts'
import { findImportLine, findLineWith, readLine } from './import-line.ts'
import { locate } from './locate.ts'
import { createModuleFiles } from './module-files.ts'
import { findRequireLine } from './require-line.ts'
import { once, type GoSource } from './source.ts'

export interface FactsOptions {
  readonly files: Pick<Files, 'readText' | 'list' | 'stat' | 'realPath'>
  /** Root of the repository, absolute. */
  readonly root: string
  /** Directory that the commands ran in, absolute: that of the module, or the root of a checkout. */
  readonly moduleDir: string
  /** The go command; without one only what stands in files is known. */
  readonly go?: GoSource
  /** What is built for when a question does not say. */
  readonly target?: Target
  /** Build tags of the run. */
  readonly tags?: readonly string[]
  /** Folders of Go files that were read already, shared by the facts of one run. */
  readonly folders?: GoFolders
  readonly lookupChecksums?: (module: ModuleVersion) => Promise<ChecksumAnswer>
}

/** Facts about one module of a checkout: every look-up happens when first asked for, and once. */
export function createFacts(options: FactsOptions): Facts {
  const { files, root, moduleDir, go } = options
  const goEnv = once(async () => go?.env(options.target))
  const moduleFiles = createModuleFiles({
    files,
    root,
    moduleDir,
    goworkSetting: async () => (await goEnv())?.GOWORK,
  })
  const requireLines = new Map<string, Promise<Location | undefined>>()
  const requireLine = (modulePath: string): Promise<Location | undefined> => {
    const known =
      requireLines.get(modulePath) ?? findRequireLine(modulePath, moduleFiles, () => go?.graph() ?? Promise.resolve([]))
    requireLines.set(modulePath, known)
    return known
  }
  const moduleCache = async (): Promise<string | undefined> => {
    const dir = (await goEnv())?.GOMODCACHE
    return dir === undefined || dir === '' ? undefined : dir
  }
  const place = { files, root, dir: moduleDir, moduleCache, requireLine }

  const folders = options.folders ?? createGoFolders(files)
  const leftOutOf = async (all: readonly GoFile[], target: Target | undefined): Promise<readonly LeftOut[]> => {
    const build = await buildContext(options, target)
    return build === undefined ? [] : leftOutFiles(all, build, (await go?.ports()) ?? [])
  }
  const named = async <T extends ExcludedFile | ExcludedDeclaration>(found: T): Promise<T> => {
    const goroot = (await goEnv())?.GOROOT ?? ''
    const standard = goroot === '' ? undefined : inside(path.join(goroot, 'src'), found.file)
    if (standard !== undefined) return { ...found, file: standard, standard: true }
    return { ...found, file: await repositoryName(found.file) }
  }
  const repositoryName = async (file: string): Promise<string> =>
    reportPath(sourcePath(file, { root, dir: moduleDir, moduleCache: await moduleCache() }))

  const declared = new Map<string, Promise<readonly ExcludedDeclaration[]>>()
  const declarationsIn = async (
    dirs: readonly string[],
    tests: boolean,
    name: string,
    target: Target | undefined,
  ): Promise<readonly ExcludedDeclaration[]> => {
    const all = await Promise.all(dirs.map((dir) => folders.files(dir, tests)))
    // Why a file is left out is asked of the few that matter: syscall alone has hundreds.
    const wanted = declaring(all.flat(), name)
    return Promise.all(declaredIn(await leftOutOf(wanted, target), name).map(named))
  }

  return {
    goEnv,
    goMod: moduleFiles.goMod,
    goSum: moduleFiles.goSum,
    goWork: moduleFiles.goWork,
    vendor: moduleFiles.vendor,
    requireLine,
    locate: (position) => locate(position, place),
    async excludedDeclarations({ file, symbol, target }) {
      const absolute = path.resolve(moduleDir, file)
      const [qualifier, name] = symbol.includes('.') ? symbol.split('.', 2) : [undefined, symbol]
      const dirs = qualifier === undefined ? [path.dirname(absolute)] : await importedDirs(absolute, qualifier, target)
      const tests = absolute.endsWith('_test.go') && qualifier === undefined
      const key = JSON.stringify([dirs, tests, name, target])
      const known = declared.get(key) ?? declarationsIn(dirs, tests, name ?? symbol, target)
      declared.set(key, known)
      return known
    },
    async excludedFiles({ package: importPath, dir, target }) {
      const found =
        (await existing(dir)) ?? (importPath === undefined ? undefined : await packageDir(importPath, target))
      if (found === undefined) return undefined
      const all = await leftOutOf(await folders.files(found, false), target)
      return Promise.all(all.map(({ source: _, ...found }) => named(found)))
    },
    importLine: async ({ from, imports, target }) => {
      const dir = await packageDir(from, target)
      if (dir === undefined || inside(root, dir) === undefined) return undefined
      const out = new Set((await leftOutOf(await folders.files(dir, true), target)).map((one) => one.source.name))
      const found = await findImportLine(files, dir, imports, out)
      return found === undefined ? undefined : { ...found, file: await repositoryName(found.file) }
    },
    sourceLine: async ({ file, line }) => {
      const found = await locate({ file, line }, place)
      return found === undefined ? undefined : readLine(files, path.resolve(root, found.file), line)
    },
    lineWith: async ({ package: importPath, texts, target }) => {
      const dir = await packageDir(importPath, target)
      if (dir === undefined || inside(root, dir) === undefined) return undefined
      const found = await findLineWith(files, dir, texts)
      return found === undefined ? undefined : { ...found, file: await repositoryName(found.file) }
    },
    checksums: memoChecksums(options.lookupChecksums),
  }

  async function importedDirs(file: string, qualifier: string, target: Target | undefined): Promise<readonly string[]> {
    const source = await files.readText(file).catch(() => '')
    const paths = importsNamed(source, qualifier).slice(0, 5)
    const dirs = await Promise.all(paths.map((one) => packageDir(one, target)))
    return dirs.filter((dir) => dir !== undefined)
  }

  async function packageDir(importPath: string, target: Target | undefined): Promise<string | undefined> {
    const goMod = await moduleFiles.goMod()
    const own = goMod?.content.module?.value
    if (goMod !== undefined && own !== undefined && (importPath === own || importPath.startsWith(`${own}/`))) {
      const dir = path.join(path.dirname(path.resolve(root, goMod.path)), importPath.slice(own.length))
      const found = await existing(dir)
      if (found !== undefined) return found
    }
    return (await nearby(importPath)) ?? go?.packageDir(importPath, target)
  }

  /** Packages that are found without a process: those of GOROOT, and in a module alone those of the versions that it lists. */
  async function nearby(importPath: string): Promise<string | undefined> {
    if (!/^[\w.~/+-]{1,500}$/.test(importPath) || importPath.split('/').includes('..')) return undefined
    const goroot = (await goEnv())?.GOROOT ?? ''
    if (!(importPath.split('/')[0] ?? '').includes('.') && goroot !== '')
      return existing(path.join(goroot, 'src', importPath))
    const [cache, goMod] = [await moduleCache(), await moduleFiles.goMod()]
    if (cache === undefined || goMod === undefined || (await moduleFiles.goWork()) !== undefined) return undefined
    if ((await moduleFiles.vendor()) !== undefined) return undefined
    return existing(requiredDir(goMod.content, importPath, cache))
  }

  async function existing(dir: string | undefined): Promise<string | undefined> {
    if (dir === undefined) return undefined
    const absolute = path.resolve(moduleDir, dir)
    const stat = await files.stat(absolute).catch(() => undefined)
    return stat?.kind === 'dir' ? absolute : undefined
  }
}

/** What a build is for; undefined when neither a target nor go env says. */
async function buildContext(options: FactsOptions, asked: Target | undefined): Promise<BuildContext | undefined> {
  const target = asked ?? options.target
  const env = await options.go?.env(target)
  const goos = target?.goos ?? env?.GOOS
  const goarch = target?.goarch ?? env?.GOARCH
  if (goos === undefined || goarch === undefined) return undefined
  const minor = /^go1\.(\d+)/.exec(options.go?.version ?? env?.GOVERSION ?? '')?.[1]
  return {
    goos,
    goarch,
    cgo: target?.cgo ?? env?.CGO_ENABLED === '1',
    tags: options.tags ?? [],
    goMinor: minor === undefined ? 99 : Number(minor),
    ...(target?.level === undefined ? {} : { level: target.level }),
  }
}

function memoChecksums(look: FactsOptions['lookupChecksums']): Facts['checksums'] {
  const known = new Map<string, Promise<ChecksumAnswer | undefined>>()
  return (module) => {
    const key = `${module.path}@${module.version}`
    const found = known.get(key) ?? look?.(module) ?? Promise.resolve(undefined)
    known.set(key, found)
    return found
  }
}
