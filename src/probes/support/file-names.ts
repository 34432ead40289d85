import path from 'node:path'

import type { FileNamesObservation } from '../../domain/platform-observation.ts'
import { checkFileNames } from '../../modules/file-names.ts'
import { parseGoMod } from '../../modules/go-mod.ts'
import type { ProbeContext } from './probe.ts'
import { readIfThere } from './read-if-there.ts'

const gitSeconds = 60
const gitBytes = 64 * 1024 * 1024
/** Bounds of the search where there is no git; what a build leaves behind would be found too, so folders of such are passed over. */
const mostFolders = 20_000
const passedOver: ReadonlySet<string> = new Set(['node_modules'])

/** Names in the module that some system does not take: of the files that git knows, else of all that lie there. */
export async function observeFileNames(context: ProbeContext): Promise<FileNamesObservation> {
  const { absoluteDir, dir } = context.module
  const files = (await trackedFiles(context)) ?? (await walk(context, absoluteDir))
  const goMod = await readIfThere(context.system.files, path.join(absoluteDir, 'go.mod'))
  const module = goMod === undefined ? '' : (parseGoMod(goMod).module?.value ?? '')
  const display = (file: string): string => path.posix.join(dir, file)
  return {
    kind: 'file-names',
    probe: 'platforms',
    module: dir,
    files: files.length,
    names: checkFileNames(files, module, display),
  }
}

/** `git ls-files` of the module's directory; undefined without git or a repository. */
async function trackedFiles(context: ProbeContext): Promise<readonly string[] | undefined> {
  const git = await context.system.processes.find('git')
  if (git === undefined) return undefined
  const result = await context.system.processes.run({
    argv: [git, '-c', 'core.fsmonitor=false', 'ls-files', '-z', '--cached'],
    cwd: context.module.absoluteDir,
    // Neither waits for locks nor asks for anything.
    env: { GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0' },
    timeoutSeconds: gitSeconds,
    keepBytes: gitBytes,
  })
  const { stdout } = result
  if (result.exitCode !== 0 || stdout.truncated || stdout.text === '') return undefined
  // A file that is not merged is listed once for each side.
  return [...new Set(stdout.text.split('\0').filter((name) => name !== ''))]
}

async function walk(context: ProbeContext, root: string): Promise<readonly string[]> {
  const found: string[] = []
  const queue = ['']
  for (let at = 0; at < queue.length && at < mostFolders; at++) {
    const folder = queue[at] ?? ''
    const entries = await context.system.files.list(path.join(root, folder)).catch(() => [])
    for (const entry of [...entries].sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const name = path.posix.join(folder, entry.name)
      if (entry.kind === 'file') found.push(name)
      else if (entry.kind === 'dir' && !/^[._]/.test(entry.name) && !passedOver.has(entry.name)) queue.push(name)
    }
  }
  return found
}
