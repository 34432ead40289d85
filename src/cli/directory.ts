import path from 'node:path'

import { ConfigurationError } from '../config/error.ts'
import type { System } from '../system/types.ts'
import type { Console } from './console.ts'

/** The directory that a command is started on, absolute; the current one when none is named. Throws a ConfigurationError. */
export async function checkedDir(
  system: System,
  console: Console,
  positionals: readonly string[],
  command: string,
): Promise<string> {
  const [name = '.', ...rest] = positionals
  if (rest.length > 0) {
    const given = positionals.join(' ')
    throw new ConfigurationError([`${command} takes one directory, not ${positionals.length}: ${given}`])
  }
  const dir = path.resolve(console.cwd, name)
  const found = await system.files.stat(dir)
  if (found?.kind !== 'dir')
    throw new ConfigurationError([`${name} is not a directory. Give the directory of a Go module or repository.`])
  return dir
}
