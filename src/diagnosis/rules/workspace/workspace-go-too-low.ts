import type { Rule } from '../../../domain/rule.ts'
import { advice, command } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { plain } from '../../rule-helpers/text.ts'
import { goWorkDirective } from '../../rule-helpers/where.ts'

const rule: Rule = {
  id: 'workspace-go-too-low',
  area: 'workspace',
  title: 'The go line of go.work is lower than that of a member',
  what: 'A module of the workspace asks for a newer Go than go.work says.',
  why: 'The go line of the module was raised and go.work was not; a go.work without a go line counts as 1.18.',
  fix: 'Run `go work use`, which raises the line.',
  since: '1.21',
  classes: ['W04'],
  example: `go: module . listed in go.work file requires go >= 1.21, but go.work lists go 1.20; to update it:
	go work use`,
  markers: ['listed in go.work file requires go'],
  message: async (message, { facts }) => {
    const [, dir, wanted, how, has] =
      /module ([^\s]+) listed in go\.work file requires go >= ([^\s,]+), but go\.work (lists|implicitly requires) go ([^\s;]+)/.exec(
        plain(message),
      ) ?? []
    if (dir === undefined || wanted === undefined) return undefined
    return diagnosis({
      message: `${dir === '.' ? 'The module in this folder' : `The module in ${dir}`} asks for Go ${wanted}, and go.work ${how === 'lists' ? 'says' : 'has no go line, which counts as'} ${has ?? 'less'}.`,
      fix: advice('Raise the go line of go.work.', [command('go', 'work', 'edit', `-go=${wanted}`)]),
      locations: await goWorkDirective(facts, 'go'),
      key: 'go',
    })
  },
}

export default rule
