import path from 'node:path'

import { ConfigurationError } from '../config/error.ts'
import { findModules, ModulesNotFoundError } from '../modules/find-modules.ts'
import { parseGoMod } from '../modules/go-mod.ts'
import { inside } from '../modules/source-path.ts'
import type { ProbedModule } from '../probes/support/probe.ts'
import type { System } from '../system/types.ts'
import { repositoryRoot } from './repository.ts'

/** A module of the run with what the report says of it. */
export interface ModulePlan extends ProbedModule {
  readonly path: string
  readonly goVersion?: string
  readonly toolchain?: string
}

export interface Modules {
  /** Repository root, absolute: what paths in the report are relative to. */
  readonly root: string
  readonly modules: readonly ModulePlan[]
  /** What is not checked and why, one sentence each. */
  readonly notes: readonly string[]
}

/**
 * The modules of a run: those that working-directory names, else the members of the go.work found, else every go.mod
 * below the directory that the run was started on. Throws a ConfigurationError when there is none.
 */
export async function planModules(
  system: System,
  dir: string,
  workingDirectories: readonly string[],
): Promise<Modules> {
  const root = await repositoryRoot(system.files, dir)
  const plan = await modulesIn(system, root, dir, workingDirectories)
  // A checkout with `path:` lies below the workspace: annotations find its files only relative to its own root.
  const first = plan.modules[0]
  const nested = first === undefined ? root : await repositoryRoot(system.files, first.absoluteDir)
  if (nested === root || inside(root, nested) === undefined) return plan
  if (await isRepository(system.files, root)) return plan
  // Without a repository, a module's own directory is no root: DIR is what paths are relative to.
  if (!(await isRepository(system.files, nested))) return plan
  if (!plan.modules.every((module) => inside(nested, module.absoluteDir) !== undefined)) return plan
  const relative = (one: string): string => inside(nested, path.resolve(root, one)) ?? one
  return {
    ...plan,
    root: nested,
    modules: plan.modules.map((module) => ({
      ...module,
      dir: relative(module.dir),
      ...(module.workspace === undefined ? {} : { workspace: relative(module.workspace) }),
    })),
  }
}

async function isRepository(files: System['files'], dir: string): Promise<boolean> {
  return (await files.stat(path.join(dir, '.git'))) !== undefined
}

async function modulesIn(
  system: System,
  root: string,
  dir: string,
  workingDirectories: readonly string[],
): Promise<Modules> {
  const start = inside(root, await system.files.realPath(dir)) ?? '.'
  const patterns =
    workingDirectories.length > 0
      ? workingDirectories.map((pattern) => path.posix.normalize(path.posix.join(start, pattern)))
      : undefined
  const found = await findModules(system.files, root, patterns, start).catch((error: unknown) => {
    throw error instanceof ModulesNotFoundError ? new ConfigurationError(error.problems) : error
  })
  const modules = await Promise.all(
    found.modules.map(async (module): Promise<ModulePlan> => {
      const absoluteDir = path.resolve(root, module.dir)
      // What go.mod says of itself is in the report whichever probes run; what is wrong with it is theirs to tell.
      const text = await system.files.readText(path.join(absoluteDir, 'go.mod')).catch(() => '')
      const goMod = parseGoMod(text)
      return {
        dir: module.dir,
        absoluteDir,
        path: goMod.module?.value ?? '',
        ...(goMod.go === undefined ? {} : { goVersion: goMod.go.value }),
        ...(goMod.toolchain === undefined ? {} : { toolchain: goMod.toolchain.value }),
        ...(module.workspace === undefined ? {} : { workspace: module.workspace }),
      }
    }),
  )
  if (modules.length === 0) {
    const where = start === '.' ? 'the repository' : start
    throw new ConfigurationError([`There is no go.mod in ${where}. Name the module's directory in working-directory.`])
  }
  return { root, modules, notes: found.notes }
}
