import { readFileSync } from 'node:fs'
import os from 'node:os'

import type { Host } from '../types.ts'

/** This machine, with the limits of the container we run in: a build that plans for the host's memory gets killed. */
export function createHost(): Host {
  return {
    platform: process.platform,
    arch: process.arch,
    cores: Math.max(1, Math.min(os.availableParallelism(), containerCores() ?? Infinity)),
    memory: Math.min(os.totalmem(), containerMemory() ?? Infinity),
    homeDir: os.homedir(),
    tempDir: os.tmpdir(),
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    return undefined
  }
}

/** memory.max of cgroup v2, memory.limit_in_bytes of v1 (Linux Documentation/admin-guide/cgroup-v2.rst). */
function containerMemory(): number | undefined {
  const limit = Number(read('/sys/fs/cgroup/memory.max') ?? read('/sys/fs/cgroup/memory/memory.limit_in_bytes'))
  return Number.isFinite(limit) && limit > 0 ? limit : undefined
}

/** cpu.max of cgroup v2: `quota period`, `max` for none. */
function containerCores(): number | undefined {
  const [quota, period] = (read('/sys/fs/cgroup/cpu.max') ?? '').split(' ').map(Number)
  return quota !== undefined && period !== undefined && quota > 0 && period > 0 ? Math.ceil(quota / period) : undefined
}
