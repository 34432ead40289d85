import path from 'node:path'

import type { Facts } from '../../domain/facts.ts'
import type { Location } from '../../domain/module.ts'
import { inside, reportPath, sourcePath } from '../../modules/source-path.ts'
import type { Files } from '../../system/types.ts'

interface Place {
  readonly files: Pick<Files, 'stat' | 'realPath'>
  readonly root: string
  /** Directory that the commands ran in. */
  readonly dir: string
  readonly moduleCache: () => Promise<string | undefined>
  readonly requireLine: (modulePath: string) => Promise<Location | undefined>
}

const mostElements = 30

/**
 * Turns a printed position into a place in the repository: a file below the root, through links and from a log of another
 * machine, too; for a dependency's file the line that brings the dependency in, else `module@version/path`. Undefined for
 * what lies elsewhere (GOROOT, a file that cgo generates).
 */
export async function locate(position: Parameters<Facts['locate']>[0], place: Place): Promise<Location | undefined> {
  const { root, dir } = place
  const source = sourcePath(position.file, { root, dir, moduleCache: await place.moduleCache() })
  if (source.kind === 'module') {
    return (await place.requireLine(source.module.path)) ?? { ...lines(position), file: reportPath(source) }
  }
  const file = await repositoryFile(position.file, source.kind === 'repository' ? source.file : undefined, place)
  return file === undefined ? undefined : { ...lines(position), file }
}

async function repositoryFile(printed: string, name: string | undefined, place: Place): Promise<string | undefined> {
  if (name !== undefined && (await isFile(place, path.join(place.root, name)))) return name
  return (await throughLinks(printed, place)) ?? bySuffix(printed, place)
}

/** The go command prints resolved paths where the root was named through a link, and the other way round. */
async function throughLinks(printed: string, place: Place): Promise<string | undefined> {
  const absolute = path.resolve(place.dir, printed)
  if (!(await isFile(place, absolute))) return undefined
  const [root, file] = await Promise.all([place.files.realPath(place.root), place.files.realPath(absolute)])
  return inside(root, file)
}

/** A path of another machine: the longest end of it, of two elements at least, that is a file here. */
async function bySuffix(printed: string, place: Place): Promise<string | undefined> {
  const parts = printed
    .replaceAll('\\', '/')
    .split('/')
    .filter((part) => part !== '' && part !== '.')
  if (parts.length > mostElements) return undefined
  const relative = !/^(?:[A-Za-z]:)?[\\/]/.test(printed)
  for (let from = 0; from < parts.length - (relative ? 0 : 1); from++) {
    const end = parts.slice(from)
    if (end.includes('..')) continue
    // The last element alone says too little, unless it is all that was printed.
    if (end.length === 1 && parts.length > 1) break
    for (const base of new Set([place.dir, place.root])) {
      const file = path.join(base, ...end)
      const name = inside(place.root, file)
      if (name !== undefined && (await isFile(place, file))) return name
    }
  }
  return undefined
}

async function isFile(place: Place, file: string): Promise<boolean> {
  try {
    return (await place.files.stat(file))?.kind === 'file'
  } catch {
    return false
  }
}

function lines(position: Parameters<Facts['locate']>[0]): Omit<Location, 'file'> {
  return { line: position.line, ...(position.column === undefined ? {} : { column: position.column }) }
}
