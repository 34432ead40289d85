import path from 'node:path'

import type { Files, System } from '../system/types.ts'
import { gitFailure, runGit } from './git.ts'

export interface ExtractRequest {
  /** A repository of ours. */
  readonly gitDir: string
  readonly commit: string
  /** Where the files go; does not exist yet. */
  readonly dir: string
  readonly timeoutSeconds: number
}

/** Names of all files are listed at once; a tree with more bytes of names than this has its links left out. */
const mostNameBytes = 64 * 1024 * 1024
const mostLinks = 10_000

/**
 * Whatever the tree says of itself, files are written as they are stored: no filter (large file storage, encryption) is
 * run, no line end and no encoding changed.
 */
const attributes = '* -text !eol -filter -ident !working-tree-encoding\n'

/**
 * Writes the files of a commit to a folder. git itself refuses names that lead out of it. Symbolic links are never made: a
 * link to a file of the same tree becomes a copy of it, any other one the text that git stores for it. Submodules stay
 * empty folders. Returns why it failed, undefined when it did not.
 */
export async function extractTree(system: System, request: ExtractRequest): Promise<string | undefined> {
  const { files } = system
  const { gitDir, commit, dir } = request
  await files.makeDir(dir)
  await files.write(path.join(gitDir, 'info', 'attributes'), attributes)
  const git = (args: readonly string[]) =>
    runGit(system, args, {
      cwd: dir,
      gitDir,
      workTree: dir,
      timeoutSeconds: request.timeoutSeconds,
      keepBytes: mostNameBytes,
      config: [
        ['core.symlinks', 'false'],
        ['core.protectNTFS', 'true'],
        ['core.protectHFS', 'true'],
      ],
    })
  for (const args of [
    ['read-tree', commit],
    ['checkout-index', '--all', '--force', '--quiet'],
  ]) {
    const result = await git(args)
    if (result.exitCode !== 0) return gitFailure(result)
  }
  const listed = await git(['ls-files', '--stage', '-z'])
  if (listed.exitCode === 0 && !listed.stdout.truncated) await copyLinked(files, dir, linksOf(listed.stdout.text))
  return undefined
}

/** Paths of the links in `ls-files --stage -z`: `120000 OBJECT 0\tPATH`. */
function linksOf(text: string): readonly string[] {
  return text
    .split('\0')
    .flatMap((entry) => (entry.startsWith('120000 ') ? [entry.slice(entry.indexOf('\t') + 1)] : []))
    .slice(0, mostLinks)
}

async function copyLinked(files: Files, dir: string, links: readonly string[]): Promise<void> {
  const texts = new Map<string, string>()
  for (const link of links) {
    const text = await files.readText(path.join(dir, link)).catch(() => undefined)
    if (text !== undefined) texts.set(link, text)
  }
  for (const link of texts.keys()) {
    const target = followed(link, texts)
    if (target === undefined) continue
    const from = path.join(dir, target)
    if ((await files.stat(from).catch(() => undefined))?.kind === 'file') await files.copy(from, path.join(dir, link))
  }
}

/** The path that a link ends at, inside the tree; undefined for one that leads out or in a circle. */
function followed(link: string, texts: ReadonlyMap<string, string>): string | undefined {
  let at = link
  for (let steps = 0; steps < 20; steps++) {
    const text = texts.get(at)
    if (text === undefined) return at
    if (text.startsWith('/') || text.includes('\\') || text.includes('\0')) return undefined
    at = path.posix.normalize(path.posix.join(path.posix.dirname(at), text))
    if (at === '..' || at.startsWith('../')) return undefined
  }
  return undefined
}
