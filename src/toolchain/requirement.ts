import path from 'node:path'

import type { Files } from '../system/types.ts'
import type { ValueLine } from '../domain/go-files.ts'
import { compareGoVersions, isGoVersion } from '../modules/go-version.ts'
import { parseVersionFile, toolchainVersion } from './version-file.ts'
import { parseVersionSpec, type VersionSpec } from './version-spec.ts'

/** A parsed go.mod or go.work and its path for people. */
export interface GoFileNeed {
  readonly path: string
  readonly go?: ValueLine | undefined
  readonly toolchain?: ValueLine | undefined
}

export interface Requirement {
  /** `1.22` or `1.26.8`. */
  readonly version: string
  /** `toolchain go1.26.8 in services/a/go.mod:5`. */
  readonly reason: string
}

/** What a run asks for: a version that was named, or whatever is on PATH as long as it is new enough. */
export type ToolchainWant =
  | { readonly kind: 'spec'; readonly spec: VersionSpec; readonly reason: string }
  | { readonly kind: 'at-least'; readonly version: string; readonly reason: string }
  | { readonly kind: 'any'; readonly reason: string }

/** The highest Go that the go and toolchain lines of these files ask for; undefined when none says a version. */
export function highestRequirement(needs: readonly GoFileNeed[]): Requirement | undefined {
  let highest: Requirement | undefined
  for (const need of needs) {
    const go = need.go !== undefined && isGoVersion(need.go.value) ? need.go.value : undefined
    const stated = [
      { version: go, words: 'go', line: need.go },
      { version: toolchainVersion(need.toolchain), words: 'toolchain', line: need.toolchain },
    ]
    for (const { version, words, line } of stated) {
      if (version === undefined || line === undefined) continue
      if (highest !== undefined && compareGoVersions(version, highest.version) <= 0) continue
      highest = { version, reason: `${words} ${line.value} in ${need.path}:${String(line.line)}` }
    }
  }
  return highest
}

export interface WantInputs {
  /** Empty when not given. */
  readonly goVersion: string
  /** Empty when not given; relative to `root` or absolute. */
  readonly goVersionFile: string
  /** Absolute path that `goVersionFile` is relative to. */
  readonly root: string
}

/**
 * What the inputs and the modules' own files ask for. go-version beats go-version-file, as in setup-go. Without either:
 * what go.work and go.mod need at least. Throws for an input that is not understood, and for a file that is not there.
 */
export async function readWant(
  files: Pick<Files, 'readText' | 'stat'>,
  inputs: WantInputs,
  needs: readonly GoFileNeed[],
): Promise<ToolchainWant> {
  if (inputs.goVersion.trim() !== '') {
    const spec = parseVersionSpec(inputs.goVersion)
    return { kind: 'spec', spec, reason: `go-version: ${spec.text}` }
  }
  if (inputs.goVersionFile.trim() !== '') {
    const at = path.resolve(inputs.root, inputs.goVersionFile)
    if ((await files.stat(at))?.kind !== 'file') throw new Error(`go-version-file ${inputs.goVersionFile} is not there`)
    return { kind: 'spec', ...parseVersionFile(inputs.goVersionFile, await files.readText(at)) }
  }
  const requirement = highestRequirement(needs)
  return requirement === undefined
    ? { kind: 'any', reason: 'no go line asks for a version' }
    : { kind: 'at-least', ...requirement }
}
