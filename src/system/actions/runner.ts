import { randomUUID } from 'node:crypto'
import { appendFile } from 'node:fs/promises'

import type { Annotation, Runner } from '../types.ts'
import { formatCommand } from './commands.ts'

/** The runner's own mask turns every occurrence into `***`; a shorter value would make the log unreadable. */
const shortestMask = 4

/**
 * The runner's commands and environment files. Not @actions/core: that one writes to the process it lives in whatever
 * it is given, and its `addPath` lets a line break in a directory add a second one.
 *
 * `env` is the environment of the step, `write` its standard output. Values of a file command whose file is absent
 * (a run outside a workflow) are dropped. Names and paths that could break out of their line throw.
 */
export function createRunner(env: Readonly<Record<string, string | undefined>>, write: (text: string) => void): Runner {
  const append = async (variable: string, text: string): Promise<boolean> => {
    const file = env[variable]
    if (file === undefined || file === '') return false
    await appendFile(file, text)
    return true
  }
  const setValue = async (variable: string, name: string, value: string): Promise<void> => {
    await append(variable, keyValue(name, value))
  }
  return {
    input: (name) => (env[`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`] ?? '').trim(),
    output: (name, value) => setValue('GITHUB_OUTPUT', name, value),
    exportVariable: (name, value) => setValue('GITHUB_ENV', name, value),
    async addPath(dir) {
      if (dir === '' || /[\r\n\0]/.test(dir)) {
        throw new Error(`Cannot add ${JSON.stringify(dir)} to PATH: a directory has to be one line of text.`)
      }
      await append('GITHUB_PATH', `${dir}\n`)
    },
    saveState: (name, value) => setValue('GITHUB_STATE', name, value),
    state: (name) => env[`STATE_${name}`] ?? '',
    annotate: (annotation) => write(formatAnnotation(annotation)),
    addMatcher: (path) => write(formatCommand('add-matcher', {}, path)),
    mask: (secret) => {
      if (secret.trim().length >= shortestMask) write(formatCommand('add-mask', {}, secret))
    },
    summary: (markdown) => append('GITHUB_STEP_SUMMARY', markdown),
  }
}

/** The keys the runner reads (IssueCommandExtension: `col`, not `column`); it drops columns of an annotation over several lines. */
function formatAnnotation(annotation: Annotation): string {
  const { level, message, title, file, line, endLine, column, endColumn } = annotation
  return formatCommand(level, { title, file, line, endLine, col: column, endColumn }, message)
}

/** A heredoc with a delimiter nobody can guess: a value with line breaks cannot add another name (FileCommandManager.cs). */
function keyValue(name: string, value: string): string {
  if (name === '' || /[=\r\n\0]|<</.test(name)) throw new Error(`Cannot set ${JSON.stringify(name)}: not a valid name.`)
  const delimiter = `gopreflight_${randomUUID()}`
  return `${name}<<${delimiter}\n${value}\n${delimiter}\n`
}
