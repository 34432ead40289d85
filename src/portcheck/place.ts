import { createHash } from 'node:crypto'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

import { compareText } from '../domain/finding.ts'
import { compareGoVersions } from '../modules/go-version.ts'
import type { System } from '../system/types.ts'
import { inParallel } from './dependencies.ts'

/** Where the built portcheck of one Go, machine and source lives. */
export interface ToolPlace {
  /** The Go module that it is built from. */
  readonly sourceDir: string
  /** Its own folder in the tool cache; what is in there belongs to exactly this build. */
  readonly dir: string
  readonly binary: string
  /** Results of dependencies by content. */
  readonly resultsDir: string
  /** Names Go version, platform and sources: short, of letters, digits, `.`, `_` and `-`. */
  readonly key: string
}

export interface PlaceOptions {
  /** `go env -json`; GOVERSION, GOHOSTOS, GOHOSTARCH and GOEXPERIMENT are read. */
  readonly env: Readonly<Record<string, string>>
  readonly toolCacheRoot: string
  /** The sources when they are not the product's own, for tests. */
  readonly sourceDir?: string
}

export interface Unsupported {
  /** Why there is no port check here, one sentence for people. */
  readonly unsupported: string
}

/** The first Go whose go/types portcheck is written for. */
export const oldestGo = '1.22'

const readers = 32

/** Folder of the tool cache; all builds lie in it side by side. */
export const toolFolder = 'gopreflight-portcheck'

/**
 * Where portcheck is, or would be, for the Go that `env` describes. What it depends on is in the name of its folder, so
 * that nothing in there has to be checked for its age.
 */
export async function toolPlace(system: System, options: PlaceOptions): Promise<ToolPlace | Unsupported> {
  const { env } = options
  const version = env.GOVERSION ?? ''
  const release = releaseOf(version)
  if (release === '' || compareGoVersions(release, oldestGo) < 0) {
    return {
      unsupported: `The port check needs Go ${oldestGo} or newer; this is ${version === '' ? 'an unknown Go' : version}.`,
    }
  }
  const sourceDir = options.sourceDir ?? (await findSources(system.files))
  if (sourceDir === undefined) return { unsupported: 'The sources of portcheck are missing from this installation.' }
  const hash = createHash('sha256').update(JSON.stringify([version, env.GOEXPERIMENT ?? '']))
  const names = await sourceFiles(system.files, sourceDir)
  const contents = await inParallel(names, readers, (name) => system.files.readBytes(path.join(sourceDir, name)))
  for (const [index, content] of contents.entries()) {
    hash.update(`\0${names[index] ?? ''}\0${content.length}\0`).update(content)
  }
  const { GOHOSTOS: goos = '', GOHOSTARCH: goarch = '' } = env
  const key = [`go${release}`, goos, goarch, hash.digest('hex').slice(0, 20)].map(token).join('-')
  const dir = path.join(options.toolCacheRoot, toolFolder, key)
  return {
    sourceDir,
    dir,
    binary: path.join(dir, goos === 'windows' ? 'portcheck.exe' : 'portcheck'),
    resultsDir: path.join(dir, 'results'),
    key,
  }
}

/** The release of a GOVERSION: `go1.26.8 X:loopvar` -> `1.26.8`, `devel go1.28-abc` -> `1.28`; empty for what names none. */
export function releaseOf(version: string): string {
  return /go([0-9]{1,9}\.[0-9]{1,9}[0-9a-z.]{0,20})/.exec(version)?.[1]?.replace(/\.$/, '') ?? ''
}

/** Beside dist/ for a bundle, at the root of the repository for the sources themselves. */
async function findSources(files: System['files']): Promise<string | undefined> {
  for (const candidate of ['../portcheck', '../../portcheck']) {
    const dir = fileURLToPath(new URL(candidate, import.meta.url))
    if ((await files.stat(path.join(dir, 'go.mod')))?.kind === 'file') return dir
  }
  return undefined
}

/** The files that the go command builds from, sorted, with `/`: what a test or a text changes leaves the binary as it is. */
async function sourceFiles(files: System['files'], root: string, below = ''): Promise<readonly string[]> {
  const found = await Promise.all(
    (await files.list(path.join(root, below))).map(async (entry): Promise<readonly string[]> => {
      const name = below === '' ? entry.name : `${below}/${entry.name}`
      if (entry.kind === 'dir') return /^[._]|^testdata$/.test(entry.name) ? [] : sourceFiles(files, root, name)
      return /\.(?:go|s|mod)$/.test(entry.name) && !entry.name.endsWith('_test.go') ? [name] : []
    }),
  )
  return found.flat().sort(compareText)
}

function token(text: string): string {
  return text.replace(/[^A-Za-z0-9._]/g, '_').slice(0, 40)
}
