import type { Files } from '../../system/types.ts'

/** The text of a file, or undefined when there is none of that name. */
export async function readIfThere(files: Files, file: string): Promise<string | undefined> {
  return (await files.stat(file))?.kind === 'file' ? files.readText(file) : undefined
}
