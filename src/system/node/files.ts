import { randomUUID } from 'node:crypto'
import * as fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'

import type { DirEntry, Files } from '../types.ts'

/** Files of this machine. */
export function createFiles(tempDir = os.tmpdir()): Files {
  return {
    readBytes: (file) => fs.readFile(file),
    readText: (file) => fs.readFile(file, 'utf8'),
    async readRange(file, offset, length) {
      const handle = await fs.open(file, 'r')
      try {
        const buffer = Buffer.alloc(Math.min(length, Math.max(0, (await handle.stat()).size - offset)))
        const { bytesRead } = await handle.read(buffer, 0, buffer.length, offset)
        return buffer.subarray(0, bytesRead)
      } finally {
        await handle.close()
      }
    },
    async stat(file) {
      try {
        const found = await fs.stat(file)
        const kind = found.isFile() ? 'file' : found.isDirectory() ? 'dir' : 'other'
        return { kind, bytes: found.size, modified: found.mtimeMs, mode: found.mode }
      } catch (error) {
        if (isMissing(error)) return undefined
        throw error
      }
    },
    async list(dir) {
      const entries = await fs.readdir(dir, { withFileTypes: true })
      return entries.map((entry): DirEntry => {
        const kind = entry.isFile() ? 'file' : entry.isDirectory() ? 'dir' : entry.isSymbolicLink() ? 'link' : 'other'
        return { name: entry.name, kind }
      })
    },
    realPath: (file) => fs.realpath(file),
    async write(file, content, mode) {
      await fs.mkdir(path.dirname(file), { recursive: true })
      const beside = `${file}.${randomUUID()}.tmp`
      try {
        await fs.writeFile(beside, content, mode === undefined ? {} : { mode })
        await fs.rename(beside, file)
      } catch (error) {
        await fs.rm(beside, { force: true })
        throw error
      }
    },
    append: (file, content) => fs.appendFile(file, content),
    async createExclusive(file, content) {
      try {
        await fs.mkdir(path.dirname(file), { recursive: true })
        await fs.writeFile(file, content, { flag: 'wx' })
        return true
      } catch (error) {
        if (hasCode(error, 'EEXIST')) return false
        throw error
      }
    },
    async makeDir(dir) {
      await fs.mkdir(dir, { recursive: true })
    },
    makeTempDir: async (prefix) => fs.realpath(await fs.mkdtemp(path.join(tempDir, prefix))),
    remove,
    rename: (from, to) => fs.rename(from, to),
    copy: (from, to) => fs.cp(from, to, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true }),
    chmod: (file, mode) => fs.chmod(file, mode),
    setModified: (file, time) => fs.utimes(file, time / 1000, time / 1000),
  }
}

/** The go command makes module-cache folders read-only; they need write permission before they can go. */
async function remove(target: string): Promise<void> {
  try {
    await fs.rm(target, { recursive: true, force: true, maxRetries: 3 })
  } catch (error) {
    if (!hasCode(error, 'EACCES') && !hasCode(error, 'EPERM')) throw error
    await makeWritable(target)
    await fs.rm(target, { recursive: true, force: true, maxRetries: 3 })
  }
}

async function makeWritable(dir: string): Promise<void> {
  const found = await fs.lstat(dir)
  if (!found.isDirectory()) return
  await fs.chmod(dir, 0o755)
  for (const entry of await fs.readdir(dir, { withFileTypes: true })) {
    if (entry.isDirectory()) await makeWritable(path.join(dir, entry.name))
  }
}

function hasCode(error: unknown, code: string): boolean {
  // Not instanceof: an error of Node's own is none of ours in another realm, such as a test runner's.
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code
}

function isMissing(error: unknown): boolean {
  return hasCode(error, 'ENOENT') || hasCode(error, 'ENOTDIR')
}
