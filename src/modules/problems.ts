import type { ParseProblem } from '../domain/go-files.ts'

/** Most problems kept of one file: more help nobody, and a hostile file could hold millions. */
const maxProblems = 100
const maxQuoted = 80

export interface ProblemList {
  readonly add: (line: number, message: string) => void
  readonly all: () => readonly ParseProblem[]
}

/** Collects what is wrong with a file, up to a bound, in the order of its lines. */
export function createProblemList(): ProblemList {
  const problems: ParseProblem[] = []
  let dropped = 0
  return {
    add: (line, message) => {
      if (problems.length < maxProblems) problems.push({ line, message })
      else dropped++
    },
    all: () => {
      const sorted = problems.toSorted((a, b) => a.line - b.line)
      const last = sorted.at(-1)
      return last === undefined || dropped === 0
        ? sorted
        : [...sorted, { line: last.line, message: `and ${String(dropped)} more problems after this one` }]
    },
  }
}

/** A piece of a hostile file for a message: in quotes, on one line, of bounded length. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > maxQuoted ? `${text.slice(0, maxQuoted)}…` : text)
}

/**
 * A sentence for a line that git left behind in a merge that was not finished; undefined for any other line.
 * The marker is seven times the same character at the start of the line (git-merge, "How conflicts are presented").
 */
export function conflictProblem(text: string, line: number): string | undefined {
  const marker = text.slice(0, 7)
  const separator = marker === '======='
  if (!separator && marker !== '<<<<<<<' && marker !== '>>>>>>>' && marker !== '|||||||') return undefined
  const rest = text.slice(7).trim()
  if (separator ? rest !== '' : text.length > 7 && !/^\s/.test(text.slice(7, 8))) return undefined
  return `line ${String(line)} is ${quoted(text.trim())}, a conflict marker of an unfinished merge: decide which side stays and delete the marker`
}
