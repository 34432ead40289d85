import type { Rule } from '../../../domain/rule.ts'
import { advice, command } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { plain } from '../../rule-helpers/text.ts'
import { locate, positionedLines } from '../../rule-helpers/where.ts'
import { workUse } from '../../rule-helpers/work-use.ts'

const rule: Rule = {
  id: 'workspace-duplicate',
  area: 'workspace',
  title: 'A module is in the workspace twice',
  what: 'go.work lists one folder twice, or two folders whose modules have the same path.',
  why: 'Two spellings of a folder (`./app` and `app`), a copy of a module for a trial, or a merge that kept both lines.',
  fix: 'Remove one of the lines.',
  since: '1.18',
  classes: ['W07'],
  example: `go: error loading go.work:
../go.work:4: path /src/app appears multiple times in workspace`,
  markers: ['appears multiple times in workspace'],
  message: async (message, { facts }) => {
    const block = plain(message)
    const [, kind, name] = /(path|module) ([^\n]+?) appears multiple times in workspace/.exec(block) ?? []
    if (kind === undefined || name === undefined) return undefined
    const line = positionedLines(message).find(
      (each) => each.text.includes('appears multiple times in workspace') && each.position !== undefined,
    )
    const work = await facts.goWork()
    const own = await locate(facts, line?.position)
    const use = kind === 'path' ? workUse(work, name) : undefined
    return diagnosis({
      message:
        kind === 'path'
          ? `go.work lists the folder ${use?.value ?? name} more than once.`
          : `Two folders of the workspace hold a module that calls itself ${name}.`,
      fix: advice(kind === 'path' ? 'Remove one of the two lines.' : 'Keep one of the two in go.work.', [
        command('go', 'work', 'edit', '-fmt'),
      ]),
      locations: own.length > 0 ? own : work === undefined ? [] : [{ file: work.path, line: use?.line ?? 1 }],
      key: name,
    })
  },
}

export default rule
