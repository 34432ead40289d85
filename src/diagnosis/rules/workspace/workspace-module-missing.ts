import type { Rule } from '../../../domain/rule.ts'
import { advice, command } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { plain } from '../../rule-helpers/text.ts'
import { workUse } from '../../rule-helpers/work-use.ts'

const rule: Rule = {
  id: 'workspace-module-missing',
  area: 'workspace',
  title: 'go.work names a folder that holds no module',
  what: 'A `use` line of go.work points to a folder that has no go.mod, or does not exist.',
  why: 'The module was removed or renamed, lies in a submodule that was not checked out or outside the Docker context, or go.work is one developer’s own and was committed.',
  fix: 'Drop the line, bring the folder along, or build without the workspace (GOWORK=off).',
  since: '1.18',
  classes: ['W03'],
  example: 'go: cannot load module ../gone listed in go.work file: open ../gone/go.mod: no such file or directory',
  markers: ['listed in go.work file', 'go.mod: no such file'],
  message: async (message, { facts }) => {
    const block = plain(message)
    const work = await facts.goWork()
    const dir =
      /cannot load module ([^\s]+) listed in go\.work file: (?:open|reading|GetFileAttributesEx)/.exec(block)?.[1] ??
      /^open ([^\n]+)[\\/]go\.mod: (?:no such file|The system cannot find)/.exec(block)?.[1]
    if (dir === undefined) return undefined
    const line = workUse(work, dir)
    const named = line?.value ?? dir
    const told = block.includes('listed in go.work file') || line !== undefined
    return diagnosis({
      confidence: told ? 'certain' : 'guess',
      message: !told
        ? `There is no module in ${named}; a use line of go.work, or a replace line of go.mod, names it.`
        : `go.work uses ${named}, and there is no module there.`,
      fix: advice(
        'Drop the line, or bring the folder along (submodules, the Docker context). To build one module alone, set GOWORK=off.',
        [command('go', 'work', 'edit', `-dropuse=${named}`)],
      ),
      locations: work === undefined ? [] : [{ file: work.path, line: line?.line ?? 1 }],
      key: named,
    })
  },
}

export default rule
