import path from 'node:path'

import type { ValueLine } from '../domain/go-files.ts'
import { isGoVersion } from '../modules/go-version.ts'
import { parseGoMod } from '../modules/go-mod.ts'
import { parseGoWork } from '../modules/go-work.ts'
import { parseVersionSpec, specForGoVersion, type VersionSpec } from './version-spec.ts'

const understood = 'go.mod, go.work, .go-version and .tool-versions'

/** The version that a file asks for, and the words for it: `toolchain go1.26.8 in go.mod:5`. */
export interface FileVersion {
  readonly spec: VersionSpec
  readonly reason: string
}

/**
 * Reads a `go-version-file`. `file` is its path as the user wrote it, `text` its content. go.mod and go.work: the toolchain line
 * before the go line; a go line without a patch means the newest patch, as in setup-go. Throws, naming the file, for other files and for
 * one that says no version.
 */
export function parseVersionFile(file: string, text: string): FileVersion {
  switch (path.posix.basename(file.replaceAll('\\', '/'))) {
    case 'go.mod':
      return fromGoFile(file, parseGoMod(text))
    case 'go.work':
      return fromGoFile(file, parseGoWork(text))
    case '.go-version':
      return fromGoVersion(file, text)
    case '.tool-versions':
      return fromToolVersions(file, text)
    default:
      throw new Error(`go-version-file ${file}: files of this name are not understood; those that are: ${understood}`)
  }
}

/** The release a toolchain line names, without `go`; undefined for `default` and for what is no version. */
export function toolchainVersion(line: ValueLine | undefined): string | undefined {
  if (line?.value.startsWith('go') !== true) return undefined
  // A suffix names somebody's own build of that release, which no server has.
  const version = line.value.slice(2).split('-')[0] ?? ''
  return isGoVersion(version) ? version : undefined
}

function fromGoFile(file: string, parsed: { readonly go?: ValueLine; readonly toolchain?: ValueLine }): FileVersion {
  const toolchain = toolchainVersion(parsed.toolchain)
  if (toolchain !== undefined && parsed.toolchain !== undefined) {
    const reason = `toolchain ${parsed.toolchain.value} in ${file}:${String(parsed.toolchain.line)}`
    return { spec: specForGoVersion(toolchain), reason }
  }
  if (parsed.go === undefined) {
    throw new Error(`${file} has no go line to take a version from; add one (go mod edit -go=1.26) or set go-version`)
  }
  if (!isGoVersion(parsed.go.value)) {
    const shown = JSON.stringify(parsed.go.value.slice(0, 100))
    throw new Error(`${file}:${String(parsed.go.line)}: the go line says ${shown}, which is no version of Go`)
  }
  return {
    spec: specForGoVersion(parsed.go.value),
    reason: `go ${parsed.go.value} in ${file}:${String(parsed.go.line)}`,
  }
}

function fromGoVersion(file: string, text: string): FileVersion {
  const line = lines(text)[0]
  if (line === undefined) throw new Error(`${file} is empty; it holds a version such as 1.26.8`)
  return { spec: parseVersionSpec(line.text, `${file}:${String(line.number)}:`), reason: `${line.text} in ${file}` }
}

/** asdf writes `golang 1.26.8`, mise `go 1.26.8`; further versions on the line are for when the first is not installed. */
function fromToolVersions(file: string, text: string): FileVersion {
  for (const line of lines(text)) {
    const [tool = '', version = ''] = line.text.split(/\s+/)
    if (tool !== 'golang' && tool !== 'go') continue
    const where = `${file}:${String(line.number)}:`
    if (version === '' || version === 'system' || /^(ref|path):/.test(version)) {
      throw new Error(`${where} ${JSON.stringify(line.text.slice(0, 100))} names no version that can be installed`)
    }
    const wanted = version === 'latest' ? 'stable' : version.replace(/^latest:/, '')
    return { spec: parseVersionSpec(wanted, where), reason: `${version} in ${file}:${String(line.number)}` }
  }
  throw new Error(`${file} has no line for golang or go`)
}

function lines(text: string): readonly { readonly text: string; readonly number: number }[] {
  return text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .map((line, index) => ({ text: (line.split('#')[0] ?? '').trim(), number: index + 1 }))
    .filter((line) => line.text !== '')
}
