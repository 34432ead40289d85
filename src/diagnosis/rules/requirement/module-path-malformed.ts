import type { Rule } from '../../../domain/rule.ts'
import { advice, command } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { clip, plain } from '../../rule-helpers/text.ts'
import { goModDirective } from '../../rule-helpers/where.ts'

const rule: Rule = {
  id: 'module-path-malformed',
  area: 'requirement',
  title: 'The path of the module cannot be one',
  what: 'The module line of go.mod, or what go mod init was given, holds something that no module path may hold.',
  why: 'An address was pasted whole (https://, .git), the name of the project with blanks or capital umlauts was taken, or a path of the file system with backslashes.',
  fix: 'Write the host and the path of the repository, without scheme and without .git: github.com/name/project.',
  classes: [],
  example: 'go: malformed module path "https://github.com/acme/app": double slash',
  markers: ['malformed module path "', 'usage: module module/path'],
  message: async (message, { facts }) => {
    const block = plain(message)
    const [, path, reason] = /^malformed module path "([^\n]{1,500})": ([^\n]+)$/m.exec(block) ?? []
    const several = /go\.mod:\d+: usage: module module\/path/.test(`${positionText(message)}${block}`)
    if ((path === undefined || reason === undefined) && !several) return undefined
    if (reason?.startsWith('missing dot') === true) return undefined
    const main = await facts.goMod()
    const here = main?.content.module?.value
    // A path of another module, say in go get, says nothing about this go.mod.
    const own = several || here === undefined || path === undefined || unquoted(path) === here
    if (!own) return undefined
    // In go.mod // begins a comment, so that of https://… only the scheme is left.
    const scheme = path !== undefined && /^[a-z+]{2,10}:$/.test(path)
    const better = path === undefined ? undefined : proposal(unquoted(path))
    return diagnosis({
      message:
        path === undefined
          ? 'The module line of go.mod does not hold one path alone.'
          : `${clip(unquoted(path))} cannot be the path of a module: ${clip(reason ?? '')}.`,
      fix: advice(
        scheme
          ? `Leave ${path} and the slashes after it away: the path begins with the host, as in github.com/name/project.`
          : better === undefined
            ? 'Write the host and the path of the repository: github.com/name/project.'
            : `Write ${better}: the host and the path of the repository, nothing before and nothing after.`,
        better === undefined ? [] : [command('go', 'mod', 'edit', `-module=${better}`)],
      ),
      locations: await goModDirective(facts, 'module'),
      key: 'module',
    })
  },
}

function positionText({ position }: { readonly position?: { readonly file: string; readonly line: number } }): string {
  return position === undefined ? '' : `${position.file}:${position.line}: `
}

/** Go prints the path quoted, as a string of its own. */
function unquoted(path: string): string {
  return path.replaceAll('\\\\', '\\')
}

/** An address without what is too much of it; undefined when that is no path either. */
function proposal(path: string): string | undefined {
  const cut = path
    .replace(/^[a-z+]{2,10}:\/\//, '')
    .replace(/^git@([\w.-]+):/, '$1/')
    .replace(/(?:\.git)?\/*$/, '')
  return cut !== path && /^[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:\/[\w.~-]+)+$/.test(cut) ? cut : undefined
}

export default rule
