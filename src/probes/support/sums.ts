import path from 'node:path'

import type { GoSumFile, GoSumLine } from '../../domain/go-files.ts'
import type { ModuleVersion } from '../../domain/module.ts'
import type { ModuleFilesObservation, SumMismatch, SumsObservation } from '../../domain/observation.ts'
import type { GoModuleRef, GoPackage } from '../../go/list.ts'
import { hashGoMod } from '../../modules/dirhash.ts'
import { escapePath, escapeVersion } from '../../modules/escape.ts'
import { parseGoSum } from '../../modules/go-sum.ts'
import { inside } from '../../modules/source-path.ts'
import type { ProbeContext } from './probe.ts'
import { readIfThere } from './read-if-there.ts'

/**
 * Compares what is downloaded with go.sum: for every module that the listed packages come from, the hash that the
 * go command noted beside the zip (`.ziphash`) and that of the cached go.mod. `go mod verify` never looks at go.sum
 * (cmd/go/internal/modcmd/verify.go), it only proves that the cache still is what was downloaded; both together do.
 */
export async function compareSums(
  context: ProbeContext,
  moduleFiles: ModuleFilesObservation,
  packages: readonly GoPackage[],
): Promise<SumsObservation> {
  const { files } = context.system
  const env = await context.listings.env()
  const sums = await readSums(context, moduleFiles)
  const download = path.join(env.GOMODCACHE ?? '', 'cache', 'download')
  const { needed, replaced } = neededModules(packages)

  // A folder of this repository is reviewed with it; one outside is code that nothing vouches for.
  const isOutside = ({ dir }: { readonly dir: string }): boolean =>
    inside(context.root, path.resolve(context.module.absoluteDir, dir)) === undefined

  const mismatches: SumMismatch[] = []
  const notDownloaded: ModuleVersion[] = []
  let checked = 0
  for (const module of needed) {
    const at = path.join(download, ...escapePath(module.path).split('/'), '@v', escapeVersion(module.version))
    const zip = await readIfThere(files, `${at}.ziphash`)
    if (zip === undefined) {
      notDownloaded.push(module)
      continue
    }
    const mod = await readIfThere(files, `${at}.mod`)
    const cached = { zip: zip.trim(), ...(mod === undefined ? {} : { mod: hashGoMod(mod) }) }
    const lines = sums.filter(({ line }) => line.path === module.path && line.version === module.version)
    if (lines.some(({ line }) => line.file === 'zip')) checked += 1
    mismatches.push(...mismatchesOf(module, lines, cached))
  }
  return {
    kind: 'sums',
    probe: 'verify',
    module: context.module.dir,
    checked,
    mismatches,
    notDownloaded: moduleFiles.usesVendor ? [] : notDownloaded,
    unhashed: replaced.filter(isOutside).map(({ path: modulePath, dir }) => {
      const line = moduleFiles.goMod?.replace.find((candidate) => candidate.old.path === modulePath)?.line
      return { path: modulePath, dir, ...(line === undefined ? {} : { line }) }
    }),
  }
}

interface SumLineIn {
  readonly goSumPath: string
  readonly line: GoSumLine
}

/** In a workspace the go command accepts the lines of go.work.sum and of every member's go.sum. */
async function readSums(context: ProbeContext, moduleFiles: ModuleFilesObservation): Promise<readonly SumLineIn[]> {
  const own = linesOf(moduleFiles.goSumPath, moduleFiles.goSum)
  const { workspace } = context.module
  if (workspace === undefined) return own
  const relative = (...parts: string[]): string => path.posix.normalize(path.posix.join(workspace, ...parts))
  const members = (moduleFiles.goWork?.use ?? []).map(({ value }) => relative(value, 'go.sum'))
  const others = await Promise.all(
    [relative('go.work.sum'), ...members]
      .filter((name) => name !== moduleFiles.goSumPath)
      .map(async (name) => {
        const text = await readIfThere(context.system.files, path.resolve(context.root, name))
        return text === undefined ? [] : linesOf(name, parseGoSum(text))
      }),
  )
  return [...own, ...others.flat()]
}

function linesOf(goSumPath: string, file: GoSumFile | undefined): readonly SumLineIn[] {
  return (file?.lines ?? []).map((line) => ({ goSumPath, line }))
}

/** Several hashes of one key are allowed, and one that is equal is enough (cmd/go/internal/modfetch, haveModSum). */
function mismatchesOf(
  module: ModuleVersion,
  lines: readonly SumLineIn[],
  cached: { readonly zip: string; readonly mod?: string },
): readonly SumMismatch[] {
  return (['zip', 'mod'] as const).flatMap((file): readonly SumMismatch[] => {
    const hash = cached[file]
    const candidates = lines.filter(({ line }) => line.file === file && line.hash.startsWith('h1:'))
    const first = candidates[0]
    if (hash === undefined || first === undefined || candidates.some(({ line }) => line.hash === hash)) return []
    return [{ ...module, file, goSumPath: first.goSumPath, goSum: first.line, cached: hash }]
  })
}

function neededModules(packages: readonly GoPackage[]): {
  readonly needed: readonly ModuleVersion[]
  readonly replaced: readonly { readonly path: string; readonly dir: string }[]
} {
  const needed = new Map<string, ModuleVersion>()
  const replaced = new Map<string, { readonly path: string; readonly dir: string }>()
  for (const { Module: module } of packages) {
    if (module === undefined || module.Main === true) continue
    const source: GoModuleRef = module.Replace ?? module
    if (source.Version === undefined) replaced.set(module.Path, { path: module.Path, dir: source.Path })
    else needed.set(`${source.Path}@${source.Version}`, { path: source.Path, version: source.Version })
  }
  return { needed: [...needed.values()], replaced: [...replaced.values()] }
}
