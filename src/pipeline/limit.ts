import type { Host } from '../system/types.ts'

const gigabyte = 1024 ** 3
/** What one go build with its compilers and linker takes at its peak on a large module. */
const bytesPerBuild = 2 * gigabyte

/**
 * How many heavy commands run at a time. One go build keeps a few cores busy by itself but waits for runtime and net on
 * its critical path, so half as many builds as cores, and never fewer than two where memory allows, fill the machine.
 */
export function buildConcurrency(host: Pick<Host, 'cores' | 'memory'>): number {
  const byMemory = Math.max(1, Math.floor(host.memory / bytesPerBuild))
  const byCores = Math.max(2, Math.ceil(host.cores / 2))
  return Math.min(byMemory, byCores, host.cores === 1 ? 1 : byCores)
}

/** Runs at most `most` of the works given to it at a time, in the order given. */
export function createLimit(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0
  const waiting: (() => void)[] = []
  return async (work) => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve))
    else running += 1
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next === undefined) running -= 1
      else next()
    }
  }
}
