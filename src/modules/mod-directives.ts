import type { ReplaceLine, ValueLine } from '../domain/go-files.ts'
import { unquoteGoString } from '../domain/go-string.ts'
import type { ModuleVersion } from '../domain/module.ts'
import type { Statement } from './mod-statements.ts'
import { majorMismatch, splitPathMajor } from './path-major.ts'
import { quoted, type ProblemList } from './problems.ts'
import { canonicalVersion } from './semver.ts'

/** A statement while its arguments are read: `problem` reports on its line. */
export interface Reading {
  readonly statement: Statement
  readonly problem: (message: string) => void
}

export function readingOf(statement: Statement, problems: ProblemList): Reading {
  return { statement, problem: (message) => problems.add(statement.line, message) }
}

/** What was read, as a list of one or none. */
export function present<T>(value: T | undefined): readonly T[] {
  return value === undefined ? [] : [value]
}

// modfile.GoVersionRE and modfile.ToolchainRE of golang.org/x/mod.
const goVersionPattern = /^[1-9][0-9]*\.(?:0|[1-9][0-9]*)(?:\.(?:0|[1-9][0-9]*))?(?:[a-z]+[0-9]+)?$/
const toolchainPattern = /^(?:default|go1(?:\..*)?)$/

/** The line `go 1.23.0`; undefined, and reported, when it is wrong or the second one. */
export function readGo(reading: Reading, earlier: ValueLine | undefined): ValueLine | undefined {
  return readOnce(reading, earlier, (value) =>
    goVersionPattern.test(value)
      ? undefined
      : `${quoted(value)} is no Go version that the go line can hold: write it like 1.23 or 1.23.0`,
  )
}

/** The line `toolchain go1.23.0`; undefined, and reported, when it is wrong or the second one. */
export function readToolchain(reading: Reading, earlier: ValueLine | undefined): ValueLine | undefined {
  return readOnce(reading, earlier, (value) =>
    toolchainPattern.test(value)
      ? undefined
      : `${quoted(value)} is no toolchain name: write it like go1.23.0, or default`,
  )
}

function readOnce(
  reading: Reading,
  earlier: ValueLine | undefined,
  check: (value: string) => string | undefined,
): ValueLine | undefined {
  const { statement, problem } = reading
  if (earlier !== undefined) {
    reportRepeated(reading, earlier.line)
    return undefined
  }
  const [value] = statement.args
  if (value === undefined || statement.args.length > 1) {
    problem(`${statement.verb} takes exactly one value`)
    return undefined
  }
  const wrong = check(value)
  if (wrong !== undefined) {
    problem(wrong)
    return undefined
  }
  return { line: statement.line, value }
}

/** A second line after a conflict marker is the other side of the merge, which the marker itself has already told. */
export function reportRepeated(reading: Reading, earlierLine: number): void {
  const { statement, problem } = reading
  if (!statement.afterConflict) {
    problem(`a second ${statement.verb} line: line ${String(earlierLine)} already has one, and only one is allowed`)
  }
}

/** `godebug name=value`, kept as it is written. */
export function readGodebug({ statement, problem }: Reading): ValueLine | undefined {
  const [value] = statement.args
  if (value === undefined || statement.args.length > 1 || /["'`,]/.test(value) || !value.includes('=')) {
    problem('godebug takes one setting of the form name=value, without quotes')
    return undefined
  }
  return { line: statement.line, value }
}

/** A directive whose one argument is a path: `use ./dir`, `tool path`, `ignore ./dir`. */
export function readPath(reading: Reading): ValueLine | undefined {
  const { statement, problem } = reading
  const [token] = statement.args
  if (token === undefined || statement.args.length > 1) {
    problem(`${statement.verb} takes exactly one path`)
    return undefined
  }
  const value = readString(reading, token)
  return value === undefined ? undefined : { line: statement.line, value }
}

/** `path v1.2.3` of a require or exclude line. A version that does not fit is reported and kept: the line still says what it means. */
export function readModuleVersion(reading: Reading): ModuleVersion | undefined {
  const { statement, problem } = reading
  const [pathToken, versionToken] = statement.args
  if (pathToken === undefined || versionToken === undefined || statement.args.length > 2) {
    problem(`${statement.verb} takes a module path and a version, like example.com/module v1.2.3`)
    return undefined
  }
  const path = readString(reading, pathToken)
  if (path === undefined) return undefined
  const version = readVersion(reading, path, versionToken)
  if (version === undefined) return undefined
  checkMajor(reading, path, version)
  return { path, version }
}

/** `path [v1.2.3] => ../dir` or `=> path v1.2.3`. */
export function readReplace(reading: Reading): ReplaceLine | undefined {
  const { statement, problem } = reading
  const { args, line } = statement
  const arrow = args[1] === '=>' ? 1 : 2
  const [pathToken] = args
  const newToken = args[arrow + 1]
  if (pathToken === undefined || newToken === undefined || args[arrow] !== '=>' || args.length > arrow + 3) {
    problem(
      'replace takes a module path, optionally a version, then `=>` and a directory or a module path with a version',
    )
    return undefined
  }
  const path = readString(reading, pathToken)
  const replacement = readString(reading, newToken)
  if (path === undefined || replacement === undefined) return undefined
  const version = arrow === 2 ? readVersion(reading, path, args[1] ?? '') : undefined
  if (arrow === 2 && version === undefined) return undefined
  checkMajor(reading, path, version)
  const newVersionToken = args[arrow + 2]
  const newVersion = newVersionToken === undefined ? undefined : readVersion(reading, replacement, newVersionToken)
  if (newVersionToken !== undefined && newVersion === undefined) return undefined
  checkReplacement(reading, replacement, newVersion)
  return {
    line,
    old: { path, ...(version === undefined ? {} : { version }) },
    replacement: { path: replacement, ...(newVersion === undefined ? {} : { version: newVersion }) },
  }
}

function checkReplacement({ problem }: Reading, path: string, version: string | undefined): void {
  const directory = isDirectoryPath(path)
  if (version !== undefined && directory) {
    problem(`${quoted(path)} is a directory, which cannot have a version`)
  } else if (version === undefined && !directory) {
    problem(
      path.includes('@')
        ? `write the replacement as a path and a version with a space between them, not as ${quoted(path)}`
        : `${quoted(path)} has no version and is no directory: a directory begins with ./, ../ or /`,
    )
  } else if (directory && path.includes('\\')) {
    problem(`${quoted(path)} is written for Windows alone: use / in the path, which Go accepts everywhere`)
  }
}

/** True for a path that a replace or use line takes for a directory, on whichever system (modfile.IsDirectoryPath). */
export function isDirectoryPath(path: string): boolean {
  return path === '.' || path === '..' || /^(?:\.{0,2}[/\\]|[A-Za-z]:)/.test(path)
}

/** The value of an argument. Go's parser refuses backquotes and quotes inside words; they are reported, the value is kept where it is clear. */
export function readString({ problem }: Reading, token: string): string | undefined {
  if (token.startsWith('"')) {
    const value = unquoteGoString(token)
    if (value === undefined) problem(`${quoted(token)} is no valid string`)
    return value
  }
  if (!/["'`]/.test(token)) return token
  problem(`${quoted(token)} holds a quote that Go does not accept here: use double quotes around it, or none`)
  return token.startsWith('`') ? unquoteGoString(token) : undefined
}

function readVersion(reading: Reading, path: string, token: string): string | undefined {
  const text = readString(reading, token)
  if (text === undefined) return undefined
  const version = canonicalVersion(text)
  if (version === undefined) {
    reading.problem(
      `${quoted(text)} is no version of ${quoted(path)}: a version is written like v1.2.3 (go mod tidy turns a branch or tag into one)`,
    )
  }
  return version ?? text
}

function checkMajor({ problem }: Reading, path: string, version: string | undefined): void {
  const split = splitPathMajor(path)
  if (split === undefined) {
    problem(`${quoted(path)} is no valid module path: its last element is a major version that Go does not allow there`)
    return
  }
  if (version === undefined || canonicalVersion(version) === undefined) return
  const wanted = majorMismatch(split.major, version)
  if (wanted !== undefined) {
    problem(`version ${quoted(version)} does not fit the path ${quoted(path)}, which stands for ${wanted}`)
  }
}
