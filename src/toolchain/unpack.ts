import path from 'node:path'

import type { System } from '../system/types.ts'
import { readZip, type ZipLimits } from '../modules/zip.ts'

type Machine = Pick<System, 'files' | 'processes'>

/** A release unpacks to some 250 MB in 15,000 files. */
const limits: ZipLimits = { maxEntries: 100_000, maxBytes: 2 * 1024 * 1024 * 1024 }
const filesAtOnce = 32

/**
 * Unpacks a release archive, a .tar.gz by the system's own `tar`: Linux and macOS have one, it is several times as fast as one in JavaScript and
 * keeps permissions; Windows releases are zips. Call it only with an archive that was verified. Throws with tar's own words.
 */
export async function unpackTar({ processes }: Machine, archive: string, dir: string): Promise<void> {
  const result = await processes.run({
    // -o: files belong to whoever runs this, also when that is root (GNU, BSD and busybox agree on the letter).
    argv: ['tar', '-x', '-z', '-o', '-f', archive, '-C', dir],
    cwd: dir,
    timeoutSeconds: 600,
  })
  if (result.spawnError !== undefined)
    throw new Error(`tar, which unpacks Go's releases, cannot be run (${result.spawnError})`)
  if (result.exitCode === 0) return
  const why = result.timedOut ? 'no end in time' : result.stderr.text.trim().slice(-500)
  throw new Error(`tar could not unpack the release: ${why}`)
}

/**
 * Unpacks a zip into `dir`. `place` says where an entry goes, as paths relative to `dir` with `/`, none to leave it out; names have been
 * checked and cannot lead out of it. `mode` gives a file its permissions. Throws for a damaged archive.
 */
export async function unpackZip(
  { files }: Pick<System, 'files'>,
  zip: string,
  dir: string,
  place: (name: string) => readonly string[],
  mode: (relative: string) => number,
): Promise<void> {
  let pending: Promise<void>[] = []
  const flush = async (): Promise<void> => {
    // All are waited for also when one fails: none may still write when the caller removes the folder.
    const results = await Promise.allSettled(pending)
    pending = []
    for (const result of results) if (result.status === 'rejected') throw result.reason
  }
  try {
    await readZip(
      files,
      zip,
      async (entry, read) => {
        if (entry.name.endsWith('/')) return
        const targets = place(entry.name)
        if (targets.length === 0) return
        const content = await read()
        for (const target of targets)
          pending.push(files.write(path.join(dir, ...target.split('/')), content, mode(target)))
        if (pending.length >= filesAtOnce) await flush()
      },
      limits,
    )
  } finally {
    await flush()
  }
}
