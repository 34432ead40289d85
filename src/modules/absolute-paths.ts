import path from 'node:path'

import { parseGoMod } from './go-mod.ts'
import { parseGoWork } from './go-work.ts'
import { isDirectoryPath } from './mod-directives.ts'
import { lexLines } from './mod-lexer.ts'
import { createProblemList } from './problems.ts'
import { inside } from './source-path.ts'

/**
 * The text of a go.mod or go.work file that goes on working in a copy of `root`: relative directories of its replace and
 * use lines that lie outside `root` become absolute. Everything else stays as it is, to the byte.
 * `dir` is the directory that the file was in, absolute like `root`.
 */
export function withAbsolutePaths(name: 'go.mod' | 'go.work', text: string, dir: string, root: string): string {
  const lines = text.split('\n')
  for (const { line, value } of directoriesOf(name, text)) {
    const index = line - 1
    const content = lines[index]
    if (content === undefined || !isRelative(value)) continue
    const absolute = path.resolve(dir, value)
    if (inside(root, absolute) === undefined) lines[index] = replaceLastToken(content, moduleFilePath(absolute))
  }
  return lines.join('\n')
}

function directoriesOf(name: string, text: string): readonly { readonly line: number; readonly value: string }[] {
  const { replace, use } = name === 'go.mod' ? { ...parseGoMod(text), use: [] } : parseGoWork(text)
  const replacements = replace
    .filter(({ replacement }) => replacement.version === undefined && isDirectoryPath(replacement.path))
    .map(({ line, replacement }) => ({ line, value: replacement.path }))
  return [...replacements, ...use]
}

function isRelative(value: string): boolean {
  return !path.isAbsolute(value) && !/^(?:[/\\]|[A-Za-z]:)/.test(value)
}

/** The directory is the last word of its line, a comment aside. */
function replaceLastToken(line: string, token: string): string {
  const [lexed] = lexLines(line, createProblemList())
  let start = 0
  let end = 0
  for (const word of lexed?.tokens ?? []) {
    start = line.indexOf(word, end)
    end = start + word.length
  }
  return line.slice(0, start) + token + line.slice(end)
}

/** A path as go.mod takes it on every system: with `/`, in quotes when it holds more than plain characters. */
function moduleFilePath(absolute: string): string {
  const slashed = absolute.replaceAll(path.sep, '/')
  return /^[\w./:@+~-]+$/.test(slashed) && !slashed.includes('//') ? slashed : JSON.stringify(slashed)
}
