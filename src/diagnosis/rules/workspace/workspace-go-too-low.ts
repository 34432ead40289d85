import type { Rule } from '../../../domain/rule.ts'
import { advice, command } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { plain } from '../../rule-helpers/text.ts'
import { memberFolder } from '../../rule-helpers/work-use.ts'
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
    // `.` is the folder of the command, which is that of the module whose facts these are.
    const own = dir === '.' ? (await facts.goMod())?.path.replace(/(?:^|\/)go\.mod$/, '') : undefined
    const member = dir === '.' ? own : memberFolder(await facts.goWork(), dir)
    const named =
      member === undefined
        ? 'The module in this folder'
        : member === '' || member === '.'
          ? 'The module at the root of the repository'
          : `The module in ${member}`
    return diagnosis({
      message: `${named} asks for Go ${wanted}, and go.work ${how === 'lists' ? 'says' : 'has no go line, which counts as'} ${has ?? 'less'}.`,
      fix: advice('Raise the go line of go.work.', [command('go', 'work', 'edit', `-go=${wanted}`)]),
      locations: await goWorkDirective(facts, 'go'),
      key: 'go',
    })
  },
}

export default rule
