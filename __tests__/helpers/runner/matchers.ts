import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

import type { Level, SeenAnnotation } from './annotations.ts'

interface Pattern {
  readonly regexp: string
  readonly file?: number
  readonly line?: number
  readonly message?: number
  readonly severity?: number
  readonly loop?: boolean
}

export interface Matcher {
  readonly owner: string
  readonly severity: string
  readonly pattern: Pattern
}

/** The matcher that actions/setup-go leaves behind for every later step of its job. */
export const setupGoMatcher: Matcher = {
  owner: 'go',
  severity: 'error',
  pattern: { regexp: '^\\s*(.+\\.go):(?:(\\d+):(\\d+):)? (.*)', file: 1, line: 2, message: 4 },
}

/** Matchers of a file for `add-matcher`. Those over several lines are not simulated and throw. */
export function readMatchers(file: string): readonly Matcher[] {
  const content = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly problemMatcher: readonly { owner: string; severity?: string; pattern: readonly Pattern[] }[]
  }
  return content.problemMatcher.map(({ owner, severity, pattern }) => {
    const [only, ...others] = pattern
    if (only === undefined || others.length > 0) throw new Error(`${file}: only matchers of one pattern are simulated`)
    return { owner, severity: severity ?? 'error', pattern: only }
  })
}

/** The newest matcher is tried first; a matcher replaces the one of its owner. */
export function addMatchers(current: readonly Matcher[], added: readonly Matcher[]): readonly Matcher[] {
  const owners = new Set(added.map(({ owner }) => owner))
  return [...added.toReversed(), ...current.filter(({ owner }) => !owners.has(owner))]
}

/**
 * The annotation that a printed line becomes, if any (OutputManager.cs). Colours are taken off first. The file is kept
 * only when it is there; an annotation without one is an annotation all the same.
 */
export function matchLine(line: string, matchers: readonly Matcher[], workspace: string): SeenAnnotation | undefined {
  // eslint-disable-next-line no-control-regex -- colour codes begin with a control character
  const plain = line.replace(/\u001b\[[0-9;]*m?/g, '')
  for (const { owner, severity, pattern } of matchers) {
    const found = new RegExp(pattern.regexp).exec(plain)
    if (found === null) continue
    const group = (index: number | undefined): string => (index === undefined ? '' : (found[index] ?? ''))
    const message = group(pattern.message)
    const level = (group(pattern.severity) || severity).toLowerCase()
    if (message.trim() === '' || !isLevel(level)) continue
    const file = path.resolve(workspace, group(pattern.file))
    return {
      level,
      message,
      by: owner,
      ...(group(pattern.file) !== '' && existsSync(file)
        ? { file: path.relative(workspace, file).split(path.sep).join('/') }
        : {}),
      ...(group(pattern.line) === '' ? {} : { line: Number(group(pattern.line)) }),
    }
  }
  return undefined
}

function isLevel(text: string): text is Level {
  return text === 'error' || text === 'warning' || text === 'notice'
}
