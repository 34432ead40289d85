import type { Rule } from '../../../domain/rule.ts'
import { advice, command } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { clip, plain } from '../../rule-helpers/text.ts'
import { messageLocations, moduleLocations } from '../../rule-helpers/where.ts'

const rule: Rule = {
  id: 'case-collision',
  area: 'requirement',
  title: 'Two paths differ only in upper and lower case',
  what: 'The build uses two import paths, or a module holds two files, that are the same but for upper and lower case.',
  why: 'An import is written with another case than the module path has (Sirupsen for sirupsen). On file systems that ignore case the two would be one.',
  fix: 'Write the path as the module’s own go.mod does, everywhere; where a dependency writes it wrongly, move to a version that does not.',
  classes: ['M23'],
  example: 'main.go:4:2: case-insensitive import collision: "example.com/app/log" and "example.com/app/Log"',
  markers: ['case-insensitive import collision', 'case-insensitive file name collision'],
  message: async (message, { facts }) => {
    const block = plain(message)
    const [, kind, one, other] =
      /case-insensitive (import|file name) collision: "([^"\n]+)" and "([^"\n]+)"/.exec(block) ?? []
    if (one === undefined || other === undefined) return undefined
    const own = await messageLocations(message, facts)
    if (kind === 'file name') {
      const module = message.module
      return diagnosis({
        message: `${module === undefined ? 'A module' : `${module.path}@${module.version}`} holds ${clip(one)} and ${clip(other)}, which differ only in case; module zips do not allow that.`,
        fix: advice(
          'Use a version without the two files; the authors have to rename one of them and publish a new version.',
          module === undefined ? [] : [command('go', 'list', '-m', '-versions', module.path)],
        ),
        locations: own.length > 0 ? own : await moduleLocations(module?.path, facts),
        module: module?.path,
        version: module?.version,
        key: one.toLowerCase(),
      })
    }
    const lines = [...(await moduleLocations(one, facts)), ...(await moduleLocations(other, facts))]
    const wrong = /[A-Z]/.test(one) && !/[A-Z]/.test(other) ? one : /[A-Z]/.test(other) ? other : one
    return diagnosis({
      message: `${one} and ${other} are imported side by side and differ only in upper and lower case.`,
      fix: advice('Find who writes the wrong one and correct it; where it is a dependency, raise that.', [
        command('grep', '-rn', '--include=*.go', wrong, '.'),
        command('go', 'mod', 'why', wrong),
      ]),
      locations: own.length > 0 ? own : lines.slice(0, 2),
      key: commonStart(one, other),
    })
  },
}

/** The shortest start at which the two paths differ in case: a module and its packages are one cause. */
function commonStart(one: string, other: string): string {
  const parts = one.split('/')
  const index = parts.findIndex((part, at) => part !== other.split('/')[at])
  return parts
    .slice(0, index + 1)
    .join('/')
    .toLowerCase()
}

export default rule
