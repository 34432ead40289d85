import path from 'node:path'

import type { GoModFile, VendorModulesFile } from '../domain/go-files.ts'
import type { Go } from '../go/go.ts'
import { failureText, listModules, type GoModule } from '../go/list.ts'
import { parseGoMod } from '../modules/go-mod.ts'
import { compareGoVersions } from '../modules/go-version.ts'
import { parseGoWork } from '../modules/go-work.ts'
import { parseVendorModules } from '../modules/vendor-modules.ts'
import type { System } from '../system/types.ts'
import { requiredModules } from './dependencies.ts'
import type { GoFlags } from './go-flags.ts'
import type { WireMainModule, WireModule, WireVendor } from './wire.ts'

/** The modules of a check cannot be told: what the go command would say to it too, naming the file. */
export class RequestError extends Error {
  override readonly name = 'RequestError'
}

export interface ModuleListOptions {
  readonly system: System
  /** Bound to `dir`; asked for the build list only where go.mod does not hold it. */
  readonly go: Go
  /** `go env -json` in `dir`; GOMODCACHE and GOWORK are read. */
  readonly env: Readonly<Record<string, string>>
  /** Directory of the go.mod, or of a go.work, absolute. */
  readonly dir: string
  readonly flags: GoFlags
}

export interface ModuleList {
  readonly main: readonly WireMainModule[]
  readonly modules: readonly WireModule[]
  readonly vendor?: WireVendor
  readonly notes: readonly string[]
}

interface MainModule {
  readonly dir: string
  readonly goMod: GoModFile
}

/** Since this version go.mod lists every module that provides a package of the build. */
const prunedSince = '1.17'

/** The main modules, those that they build with, and vendor/ where the go command would use it. Throws a RequestError. */
export async function listOfModules(options: ModuleListOptions): Promise<ModuleList> {
  const goWork = options.env.GOWORK ?? ''
  return goWork === '' || goWork === 'off' ? singleModule(options) : workspace(options, goWork)
}

async function singleModule(options: ModuleListOptions): Promise<ModuleList> {
  const { system, dir, env } = options
  const module = await readMain(options, dir)
  const main = [wireMain(module)]
  const goVersion = module.goMod.go?.value
  const vendor = await readVendor(options, dir, goVersion, false)
  if (vendor !== undefined) return { main, ...vendor, notes: [] }
  const { require, replace, exclude } = module.goMod
  const excluded = require.some((one) => exclude.some((no) => no.path === one.path && no.version === one.version))
  if (goVersion !== undefined && compareGoVersions(goVersion, prunedSince) >= 0 && !excluded) {
    const modules = await requiredModules(system.files, { require, replace }, dir, env.GOMODCACHE ?? '')
    return { main, modules, notes: [] }
  }
  return { main, ...(await listed(options, options.go, [module])) }
}

async function workspace(options: ModuleListOptions, goWorkPath: string): Promise<ModuleList> {
  const root = path.dirname(goWorkPath)
  const goWork = parseGoWork(await readOrFail(options, goWorkPath))
  const dirs = [...new Set(goWork.use.map(({ value }) => path.resolve(root, value)))]
  const modules = await Promise.all(dirs.map((dir) => readMain(options, dir)))
  const main = modules.map(wireMain)
  const vendor = await readVendor(options, root, goWork.go?.value, true)
  if (vendor !== undefined) return { main, ...vendor, notes: [] }
  if (modules.every(({ goMod }) => goMod.require.length === 0)) return { main, modules: [], notes: [] }
  return { main, ...(await listed(options, options.go.in(root), modules)) }
}

/** The build list of the go command; where it has none to give, what the go.mod files say themselves. */
async function listed(
  { system, env }: ModuleListOptions,
  go: Go,
  mains: readonly MainModule[],
): Promise<Pick<ModuleList, 'modules' | 'notes'>> {
  const run = await listModules(go)
  if (run.ok) return { modules: run.values.filter((module) => module.Main !== true).map(wireModule), notes: [] }
  const own = new Set(mains.map(({ goMod }) => goMod.module?.value))
  const lists = await Promise.all(
    mains.map(({ goMod, dir }) => requiredModules(system.files, goMod, dir, env.GOMODCACHE ?? '')),
  )
  const modules = new Map(lists.flat().map((module) => [module.path, module]))
  const note = `The build list could not be read, so only what go.mod itself requires was looked at: ${failureText(run)}`
  return { modules: [...modules.values()].filter(({ path: name }) => !own.has(name)), notes: [note] }
}

function wireModule({ Path, Version = '', Dir = '', GoVersion = '', Replace }: GoModule): WireModule {
  const version = Replace !== undefined && Replace.Version === undefined ? '' : Version
  return { path: Path, version, dir: Dir, go: GoVersion, replaced: Replace !== undefined }
}

async function readMain(options: ModuleListOptions, dir: string): Promise<MainModule> {
  const file = path.join(dir, 'go.mod')
  const goMod = parseGoMod(await readOrFail(options, file))
  if (goMod.module === undefined) {
    const problem = goMod.problems[0]
    throw new RequestError(`${file}:${problem?.line ?? 1}: ${problem?.message ?? 'the file has no module line'}`)
  }
  return { dir, goMod }
}

function wireMain({ dir, goMod }: MainModule): WireMainModule {
  const ignore = goMod.ignore.map(({ value }) => value)
  return {
    path: goMod.module?.value ?? '',
    dir,
    go: goMod.go?.value ?? '',
    ...(ignore.length === 0 ? {} : { ignore }),
  }
}

async function readOrFail({ system }: ModuleListOptions, file: string): Promise<string> {
  try {
    return await system.files.readText(file)
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : String(error)
    throw new RequestError(`${file} cannot be read (${code}).`)
  }
}

/**
 * vendor/ where the go command would use it: asked for with -mod=vendor, or there, made for the same kind of build
 * (module or workspace), and with a go line of at least 1.14 (cmd/go/internal/modload/init.go, setDefaultBuildMod).
 */
async function readVendor(
  { system, flags }: ModuleListOptions,
  root: string,
  goVersion: string | undefined,
  isWorkspace: boolean,
): Promise<Pick<ModuleList, 'modules' | 'vendor'> | undefined> {
  if (flags.mod !== undefined && flags.mod !== 'vendor') return undefined
  const dir = path.join(root, 'vendor')
  const asked = flags.mod === 'vendor'
  if (!asked && (goVersion === undefined || compareGoVersions(goVersion, '1.14') < 0)) return undefined
  if (!asked && (await system.files.stat(dir))?.kind !== 'dir') return undefined
  const file = parseVendorModules(await system.files.readText(path.join(dir, 'modules.txt')).catch(() => ''))
  if (!asked && file.workspace !== isWorkspace) return undefined
  return vendored(file, dir)
}

function vendored(file: VendorModulesFile, dir: string): Pick<ModuleList, 'modules' | 'vendor'> {
  const packages = file.modules.flatMap((module) => module.packages.map((name) => [name, module.path] as const))
  const modules = file.modules.map((module): WireModule => {
    const { replacement } = module
    const version = replacement !== undefined && replacement.version === undefined ? '' : (module.version ?? '')
    return { path: module.path, version, dir: '', go: module.goVersion ?? '', replaced: replacement !== undefined }
  })
  return { modules, vendor: { dir, packages: Object.fromEntries(packages) } }
}
