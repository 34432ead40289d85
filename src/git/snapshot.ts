import path from 'node:path'

import type { System } from '../system/types.ts'
import { isCommitId, isRefName, objectsFolder, resolveCommit } from './commits.ts'
import { extractTree } from './extract.ts'
import { gitFailure, runGit } from './git.ts'

/** Where a commit can be fetched from. */
export interface Remote {
  /** `https://github.com/owner/name` */
  readonly url: string
  /** Sent to this server alone; empty for none. */
  readonly token: string
}

export interface SnapshotRequest {
  /** A commit, branch or tag. */
  readonly name: string
  /** The repository that is checked out; it is only read. */
  readonly checkout: string
  readonly remote?: Remote
  /** Folder of ours that does not exist yet. */
  readonly scratchDir: string
  readonly timeoutSeconds: number
}

/** The files of a commit in a folder of ours, or why there are none, as the end of a sentence. */
export type Snapshot =
  | { readonly commit: string; readonly dir: string; readonly source: 'checkout' | 'remote' }
  | { readonly missing: string }

const commitRef = 'refs/gopreflight/commit'

/**
 * Makes the files of a commit: out of the objects of the checkout when they are all there (a shallow checkout has only its
 * own), else fetched alone into a repository of ours. Nothing is written to the checkout and nothing of it is run. Never
 * throws for what git does.
 */
export async function takeSnapshot(system: System, request: SnapshotRequest): Promise<Snapshot> {
  const { name, checkout, remote, scratchDir } = request
  if (!isRefName(name)) return { missing: `${JSON.stringify(name.slice(0, 100))} is no name of a commit` }
  const known = await resolveCommit(system, checkout, name)
  const local = known === undefined ? undefined : await fromCheckout(system, request, known)
  if (local !== undefined && 'dir' in local) return local
  if (remote === undefined) {
    if (local !== undefined) return local
    return { missing: `the repository has no commit ${name}; fetch it first` }
  }
  if (!/^https?:\/\/[^\s/]/.test(remote.url)) return { missing: `${remote.url} is no http(s) address` }
  const gitDir = path.join(scratchDir, 'remote.git')
  const made = await makeRepository(system, gitDir, known ?? name)
  if (made !== undefined) return { missing: made }
  const failure = await fetchCommit(
    system,
    gitDir,
    known ?? name.replace(/^(?:remotes\/)?origin\//, ''),
    remote,
    request,
  )
  if (failure !== undefined) return { missing: failure }
  const fetched = await runGit(system, ['rev-parse', '--verify', '--quiet', `${commitRef}^{commit}`], {
    cwd: gitDir,
    gitDir,
    timeoutSeconds: request.timeoutSeconds,
  })
  const commit = fetched.stdout.text.trim()
  if (fetched.exitCode !== 0 || !isCommitId(commit)) return { missing: `${name} is no commit` }
  return extracted(system, request, gitDir, commit, 'remote')
}

async function fromCheckout(system: System, request: SnapshotRequest, commit: string): Promise<Snapshot> {
  const gitDir = path.join(request.scratchDir, 'local.git')
  const objects = await objectsFolder(system, request.checkout)
  // The file that names the folder has one folder a line.
  if (objects === undefined || /[\n"]/.test(objects)) return { missing: `the objects of ${commit} cannot be found` }
  const made = await makeRepository(system, gitDir, commit)
  if (made !== undefined) return { missing: made }
  await system.files.write(path.join(gitDir, 'objects', 'info', 'alternates'), `${objects}\n`)
  return extracted(system, request, gitDir, commit, 'checkout')
}

async function extracted(
  system: System,
  request: SnapshotRequest,
  gitDir: string,
  commit: string,
  source: 'checkout' | 'remote',
): Promise<Snapshot> {
  const dir = path.join(request.scratchDir, `${source}-files`)
  const failure = await extractTree(system, { gitDir, commit, dir, timeoutSeconds: request.timeoutSeconds })
  return failure === undefined ? { commit, dir, source } : { missing: failure }
}

/** An empty repository; a template would bring hooks. Returns why there is none. */
async function makeRepository(system: System, gitDir: string, commit: string): Promise<string | undefined> {
  await system.files.makeDir(gitDir)
  const format = commit.length === 64 && isCommitId(commit) ? ['--object-format=sha256'] : []
  const result = await runGit(system, ['init', '--bare', '--quiet', '--template=', ...format, gitDir], {
    cwd: gitDir,
    timeoutSeconds: 60,
  })
  return result.exitCode === 0 ? undefined : gitFailure(result)
}

async function fetchCommit(
  system: System,
  gitDir: string,
  name: string,
  remote: Remote,
  request: SnapshotRequest,
): Promise<string | undefined> {
  const args = [
    'fetch',
    '--quiet',
    '--no-tags',
    '--depth=1',
    '--no-recurse-submodules',
    '--no-write-fetch-head',
    '--refmap=',
  ]
  const secret = Buffer.from(`x-access-token:${remote.token}`).toString('base64')
  const header = `http.${new URL(remote.url).origin}/.extraHeader`
  const fetch = () =>
    runGit(system, [...args, remote.url, `+${name}:${commitRef}`], {
      cwd: gitDir,
      gitDir,
      timeoutSeconds: request.timeoutSeconds,
      config: [
        // A server that sends us elsewhere must not get the token there.
        ['http.followRedirects', 'false'],
        // The empty value forgets headers that the machine's settings bring; two of them are refused.
        [header, ''],
        ...(remote.token === '' ? [] : ([[header, `AUTHORIZATION: basic ${secret}`]] as const)),
      ],
    })
  let result = await fetch()
  if (
    result.exitCode !== 0 &&
    /\b(?:50[0234]|timed out|reset by peer|early EOF|could not resolve)\b/i.test(result.stderr.text)
  ) {
    await system.clock.sleep(1)
    result = await fetch()
  }
  if (result.exitCode === 0) return undefined
  const said = gitFailure(result)
  return remote.token === '' ? said : said.replaceAll(secret, '***').replaceAll(remote.token, '***')
}
