import type { Rule } from '../../../domain/rule.ts'
import { advice, command } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { linesOf, plain } from '../../rule-helpers/text.ts'
import { moduleLocations } from '../../rule-helpers/where.ts'

const rule: Rule = {
  id: 'replace-conflict',
  area: 'requirement',
  title: 'A module is replaced by two different things',
  what: 'Two `replace` lines say different things about one module: in one go.mod, or in two modules of a workspace.',
  why: 'In a workspace the replace lines of every member count, and they must agree.',
  fix: 'Remove one of the lines; in a workspace a replace line in go.work overrides those of the members.',
  classes: ['M13'],
  example: `go: conflicting replacements for example.com/lib:
	../a
	../b`,
  markers: ['conflicting replacements for'],
  message: async (message, { facts }) => {
    const block = plain(message)
    const path = /conflicting replacements for ([^\s:]+)/.exec(block)?.[1]
    if (path === undefined) return undefined
    const [first, second] = linesOf(block).slice(1)
    const work = block.includes('go work edit -replace')
    return diagnosis({
      message: `${path} is replaced by ${first ?? 'one thing'} and by ${second ?? 'another'}${work ? ' in two modules of the workspace' : ''}.`,
      fix: work
        ? advice('Say in go.work which one is meant, or make the members agree.', [
            command('go', 'work', 'edit', `-replace=${path}=${first ?? 'DIR'}`),
          ])
        : advice('Remove one of the two lines.'),
      locations: await moduleLocations(path, facts),
      module: path.split('@')[0],
      key: path,
    })
  },
}

export default rule
