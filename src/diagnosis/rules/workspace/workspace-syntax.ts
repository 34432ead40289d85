import type { Rule } from '../../../domain/rule.ts'
import { advice, command } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { clip, plain } from '../../rule-helpers/text.ts'
import { locate, positionedLines } from '../../rule-helpers/where.ts'

const rule: Rule = {
  id: 'workspace-syntax',
  area: 'workspace',
  title: 'go.work holds a line that cannot be read',
  what: 'A line of go.work does not follow the form of the file.',
  why: 'It was edited by hand, or a newer Go wrote a word that this one does not know.',
  fix: 'Correct the line; `go work edit` and `go work use` write lines that are always right.',
  since: '1.18',
  classes: ['W08'],
  example: `go: errors parsing go.work:
../go.work:3: unknown directive: uses`,
  markers: ['parsing go.work', 'reading go.work', 'go.work:'],
  message: async (message, { facts }) => {
    const line = positionedLines(message).find((each) => each.position?.file.endsWith('.work') === true)
    const [, file, row, problem] = /reading go\.work: ([^\s]+go\.work):(\d+): ([^\n]+)/.exec(plain(message)) ?? []
    const said = line?.text ?? problem
    const position = line?.position ?? (file === undefined ? undefined : { file, line: Number(row) })
    if (said === undefined || position === undefined || /<<<<<<<|=======|>>>>>>>|appears multiple times/.test(said))
      return undefined
    const at = await locate(facts, position)
    return diagnosis({
      message: `Line ${position.line} of ${at[0]?.file ?? 'go.work'} cannot be read: ${clip(said)}.`,
      fix: advice('Correct the line.', [command('go', 'work', 'edit', '-fmt')]),
      locations: at,
      key: `${position.line}`,
    })
  },
  observe: {
    'module-files': ({ goWork, goWorkPath }) =>
      goWorkPath === undefined ||
      goWork?.problems.some((problem) => /<<<<<<<|=======|>>>>>>>/.test(problem.message)) === true
        ? []
        : (goWork?.problems ?? []).slice(0, 10).map((problem) =>
            diagnosis({
              message: `Line ${problem.line} of ${goWorkPath} cannot be read: ${clip(problem.message)}.`,
              fix: advice('Correct the line.', [command('go', 'work', 'edit', '-fmt')]),
              locations: [{ file: goWorkPath, line: problem.line }],
              key: `${problem.line}`,
            }),
          ),
  },
}

export default rule
