import { mkdtemp, mkdir, realpath, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'

import { afterAll } from '@jest/globals'

const made: string[] = []
// In every test file that uses this helper: what it made goes with it.
afterAll(async () => {
  for (const folder of made) await removeFolder(folder).catch(() => undefined)
})

/** Writes files (path relative to the folder -> content) into a new temporary folder and returns its real path. */
export async function makeFolder(files: Readonly<Record<string, string | Uint8Array>> = {}): Promise<string> {
  const folder = await realpath(await mkdtemp(path.join(os.tmpdir(), 'gopreflight-test-')))
  made.push(folder)
  await writeFiles(folder, files)
  return folder
}

export async function writeFiles(folder: string, files: Readonly<Record<string, string | Uint8Array>>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name)
    await mkdir(path.dirname(file), { recursive: true })
    await writeFile(file, content)
  }
}

export function removeFolder(folder: string): Promise<void> {
  // The go command leaves a process of its telemetry behind, which may still write into a HOME that is being removed.
  return rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 })
}
