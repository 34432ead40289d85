import type { Rule } from '../../../domain/rule.ts'
import { advice, command } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { plain } from '../../rule-helpers/text.ts'

const rule: Rule = {
  id: 'workspace-not-member',
  area: 'workspace',
  title: 'A module is built inside a workspace that does not list it',
  what: 'A go.work in this folder or above it is in force, and does not list the module that the command is about.',
  why: 'The module was added without `go work use`, or a stray go.work lies in a parent folder; the go command takes the first one it meets on the way up.',
  fix: 'Add the module to go.work, or build without the workspace (GOWORK=off).',
  since: '1.18',
  classes: ['W05'],
  example: `current directory is contained in a module that is not one of the workspace modules listed in go.work. You can add the module to the workspace using:
	go work use .`,
  markers: ['workspace modules listed in go.work', 'modules listed in go.work', 'in the current workspace'],
  message: async (message, { facts }) => {
    const block = plain(message)
    const found =
      /(current directory|directory ([^\s]+)) is contained in a module that is not one of the workspace modules listed in go\.work/.exec(
        block,
      ) ?? /(directory prefix ([^\s]+)|directory ([^\s]+)) does not contain modules listed in go\.work/.exec(block)
    const empty = block.includes('no modules were found in the current workspace')
    if (found === null && !empty) return undefined
    const env = await facts.goEnv()
    const work = await facts.goWork()
    const named = env?.GOWORK ?? ''
    const which = work?.path ?? (named === '' ? 'A go.work in this folder or above it' : named)
    const dir = found?.[2] ?? found?.[3] ?? '.'
    return diagnosis({
      message: empty
        ? `${which} is in force and lists no module.`
        : `${which} is in force and does not list the module in ${dir === '.' ? 'this folder' : dir}.`,
      fix: advice(
        'Add the module, or build without the workspace: GOWORK=off. A go.work that nobody means to be there is best removed.',
        [command('go', 'work', 'use', dir), 'go env GOWORK'],
      ),
      locations: work === undefined ? [] : [{ file: work.path, line: 1 }],
      key: 'member',
    })
  },
}

export default rule
