import { ConfigurationError } from '../config/error.ts'
import type { Files } from '../system/types.ts'

/**
 * Writes a file that the user asked for by an input. One that cannot be written is a wrong input, not a bug of ours: a
 * ConfigurationError that names both. Call it when everything else is out, so that the run was not for nothing.
 */
export async function writeOutput(files: Files, input: string, file: string, content: string): Promise<void> {
  try {
    await files.write(file, content)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new ConfigurationError([
      `${input}: ${file} cannot be written (${reason}); name a file in a folder that can be`,
    ])
  }
}
