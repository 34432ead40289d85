import path from 'node:path'

import { ConfigurationError } from '../config/error.ts'
import { findModules } from '../modules/find-modules.ts'
import { inside } from '../modules/source-path.ts'
import type { ProbedModule } from '../probes/support/probe.ts'
import type { System } from '../system/types.ts'

export type ModulePlan = ProbedModule

export interface Modules {
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
  root: string,
  dir: string,
  workingDirectories: readonly string[],
): Promise<Modules> {
  const start = inside(root, await system.files.realPath(dir)) ?? '.'
  const patterns =
    workingDirectories.length > 0
      ? workingDirectories.map((pattern) => path.posix.normalize(path.posix.join(start, pattern)))
      : undefined
  const found = await findModules(system.files, root, patterns, start)
  const modules = found.modules.map((module) => ({
    dir: module.dir,
    absoluteDir: path.resolve(root, module.dir),
    ...(module.workspace === undefined ? {} : { workspace: module.workspace }),
  }))
  if (modules.length === 0) {
    const where = start === '.' ? 'the repository' : start
    throw new ConfigurationError([`There is no go.mod in ${where}. Name the module's directory in working-directory.`])
  }
  return { modules, notes: found.notes }
}
