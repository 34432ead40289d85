import type { Rule } from '../../../domain/rule.ts'
import { advice, command } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { plain } from '../../rule-helpers/text.ts'
import { moduleLocations } from '../../rule-helpers/where.ts'

const rule: Rule = {
  id: 'module-path-differs',
  area: 'requirement',
  title: 'A module calls itself by another path',
  what: 'The go.mod of a module declares another path than the one it is required by.',
  why: 'The repository was renamed or forked, its path differs in upper and lower case, or its module line was never right.',
  fix: 'Require the module by the path that it declares. To use a fork in its place, keep the original path and add a `replace` line.',
  classes: ['M09'],
  example: `go: example.com/renamed@v1.0.0 requires example.com/renamed@v1.0.0: parsing go.mod:
	module declares its path as: example.com/original
	        but was required as: example.com/renamed`,
  markers: ['module declares its path as'],
  message: async (message, { facts }) => {
    const block = plain(message)
    const [, declared, required] =
      /module declares its path as: ([^\s]+)\s+but was required as: ([^\s]+)/.exec(block) ?? []
    if (declared === undefined || required === undefined) return undefined
    const version = [...block.matchAll(/([^\s@]{1,300})@(v[^\s:),]{1,100})/g)].find(
      ([, path]) => path === required,
    )?.[2]
    const sameButCase = declared.toLowerCase() === required.toLowerCase()
    const usable = declared.includes('.')
    return diagnosis({
      message: `${required}${version === undefined ? '' : `@${version}`} calls itself ${declared} in its go.mod${sameButCase ? ': only upper and lower case differ' : ''}.`,
      fix: sameButCase
        ? advice(`Write ${declared} in every import and in go.mod.`, [
            command('go', 'get', `${declared}@${version ?? 'latest'}`),
            command('go', 'mod', 'tidy'),
          ])
        : usable
          ? advice(
              `If ${declared} is what you want, require that. If ${required} is a fork that shall take its place, import ${declared} and replace it.`,
              [
                command('go', 'get', `${declared}@latest`),
                `${command('go', 'mod', 'edit', `-replace=${declared}=${required}@${version ?? 'VERSION'}`)}  # for a fork`,
              ],
            )
          : advice(
              `Nobody can require a module that calls itself ${declared}: its authors have to correct the module line. Until then clone it, or use a fork.`,
            ),
      locations: await moduleLocations(required, facts),
      module: required,
      version,
      key: required,
    })
  },
}

export default rule
