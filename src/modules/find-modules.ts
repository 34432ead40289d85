import path from 'node:path'

import { minimatch } from 'minimatch'

import { compareText } from '../domain/finding.ts'
import type { Files } from '../system/types.ts'
import { parseGoWork } from './go-work.ts'
import { inside } from './source-path.ts'
import { walkModules } from './walk-modules.ts'

export interface FoundModule {
  /** Relative to the root with `/`; `.` for the root itself. */
  readonly dir: string
  readonly goModPath: string
  /** Directory of the nearest go.work at or above the module, up to the root. Whether GOWORK overrides it is the caller's to know. */
  readonly workspace?: string
}

export interface FoundModules {
  readonly modules: readonly FoundModule[]
  /** What was left out and why, one sentence each. */
  readonly notes: readonly string[]
}

/** The user named directories without a go.mod; `problems` has one sentence for each. */
export class ModulesNotFoundError extends Error {
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
    this.name = 'ModulesNotFoundError'
    this.problems = problems
  }
}

/**
 * The modules of a run, sorted by directory.
 *
 * With `patterns` (directories or globs relative to `root`, `services/*`, `**`): those, whether or not a go.work lists them.
 * Without: every go.mod at or below `start`, of a directory that a go.work governs only its members; when `start` lies
 * within a module and there is none below, that module. Links are not followed; vendor, testdata, node_modules and names
 * that begin with `.` or `_` are not searched. `root` is absolute with its links resolved, `start` relative to it.
 * Throws ModulesNotFoundError when a pattern names no module.
 */
export async function findModules(
  files: Files,
  root: string,
  patterns?: readonly string[],
  start = '.',
): Promise<FoundModules> {
  const finder = createFinder(files, root)
  return patterns === undefined || patterns.length === 0 ? finder.below(start) : finder.named(patterns)
}

function createFinder(files: Files, root: string) {
  const workspaces = new Map<string, Promise<string | undefined>>()
  const members = new Map<string, Promise<readonly string[]>>()

  const hasFile = async (dir: string, name: string): Promise<boolean> =>
    (await files.stat(path.resolve(root, dir, name)))?.kind === 'file'

  const workspaceOf = (dir: string): Promise<string | undefined> => {
    const known = workspaces.get(dir)
    if (known !== undefined) return known
    const found = hasFile(dir, 'go.work').then((there) =>
      there ? dir : dir === '.' ? undefined : workspaceOf(path.posix.dirname(dir)),
    )
    workspaces.set(dir, found)
    return found
  }

  /** Directories that a go.work uses, relative to the root; those outside it cannot be reported on and are left out. */
  const membersOf = (workspace: string): Promise<readonly string[]> => {
    const found = members.get(workspace) ?? readMembers(workspace)
    members.set(workspace, found)
    return found
  }

  const readMembers = async (workspace: string): Promise<readonly string[]> => {
    const dir = path.resolve(root, workspace)
    const { use } = parseGoWork(await files.readText(path.join(dir, 'go.work')))
    return use.flatMap(({ value }) => inside(root, path.resolve(dir, value)) ?? [])
  }

  const describe = async (dir: string): Promise<FoundModule> => {
    const workspace = await workspaceOf(dir)
    return {
      dir,
      goModPath: path.posix.join(dir, 'go.mod'),
      ...(workspace === undefined ? {} : { workspace }),
    }
  }

  const describeAll = async (dirs: Iterable<string>): Promise<readonly FoundModule[]> =>
    Promise.all([...new Set(dirs)].sort(compareText).map(describe))

  const below = async (start: string): Promise<FoundModules> => {
    const walk = await walkModules(files, root, start)
    const notes = [...walk.notes]
    const dirs: string[] = []
    for (const dir of walk.modules) {
      const workspace = await workspaceOf(dir)
      if (workspace === undefined || (await membersOf(workspace)).includes(dir)) dirs.push(dir)
      else {
        notes.push(
          `${dir} is not checked: ${path.posix.join(workspace, 'go.work')} does not use it. Name it to check it.`,
        )
      }
    }
    // A member may lie where a search does not look, in testdata for one.
    const startWorkspace = await workspaceOf(start)
    const governing = startWorkspace === undefined ? walk.workspaces : [startWorkspace, ...walk.workspaces]
    for (const workspace of new Set(governing)) {
      for (const member of await membersOf(workspace)) {
        const isBelow = inside(path.resolve(root, start), path.resolve(root, member)) !== undefined
        if (isBelow && (await workspaceOf(member)) === workspace && (await hasFile(member, 'go.mod'))) dirs.push(member)
      }
    }
    if (dirs.length === 0 && walk.modules.length === 0) dirs.push(...(await moduleAround(start)))
    return { modules: await describeAll(dirs), notes }
  }

  const moduleAround = async (dir: string): Promise<readonly string[]> =>
    (await hasFile(dir, 'go.mod')) ? [dir] : dir === '.' ? [] : moduleAround(path.posix.dirname(dir))

  const named = async (patterns: readonly string[]): Promise<FoundModules> => {
    const problems: string[] = []
    const dirs: string[] = []
    const notes: string[] = []
    let walk: Awaited<ReturnType<typeof walkModules>> | undefined
    for (const pattern of patterns) {
      const wanted = inside(root, path.resolve(root, pattern.replaceAll('\\', '/')))
      if (wanted === undefined) {
        problems.push(`"${pattern}" lies outside the repository`)
      } else if (await hasFile(wanted, 'go.mod')) {
        dirs.push(wanted)
      } else if (isGlob(wanted)) {
        if (walk === undefined) {
          walk = await walkModules(files, root, '.')
          notes.push(...walk.notes)
        }
        const matched = walk.modules.filter((dir) => matches(dir, wanted))
        if (matched.length === 0) problems.push(`"${pattern}" matches no directory with a go.mod`)
        dirs.push(...matched)
      } else {
        problems.push(`"${pattern}" has no go.mod`)
      }
    }
    if (problems.length > 0) throw new ModulesNotFoundError(problems)
    return { modules: await describeAll(dirs), notes }
  }

  return { below, named }
}

function isGlob(pattern: string): boolean {
  return /[*?[{]/.test(pattern)
}

/** The file is matched, not the directory, so that `**` has the root among its matches. */
function matches(dir: string, pattern: string): boolean {
  return minimatch(path.posix.join(dir, 'go.mod'), path.posix.join(pattern, 'go.mod'), {
    nonegate: true,
    nocomment: true,
  })
}
