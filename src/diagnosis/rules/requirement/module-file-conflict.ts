import type { Diagnosis, Rule } from '../../../domain/rule.ts'
import { advice, command } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import type { ParseProblem } from '../../../domain/go-files.ts'
import { positionedLines } from '../../rule-helpers/where.ts'

const marker = /(?:<<<<<<<|=======|>>>>>>>)/

function conflict(file: string, line: number): Diagnosis {
  return diagnosis({
    message: `${file} holds the markers of an unresolved merge conflict from line ${line} on.`,
    fix: advice(
      'Keep what is right of both sides (of two versions of a module the higher one), delete the marker lines, and tidy.',
      [command('go', 'mod', 'tidy')],
    ),
    locations: [{ file, line }],
    key: file,
  })
}

const rule: Rule = {
  id: 'module-file-conflict',
  area: 'requirement',
  title: 'go.mod or go.work holds an unresolved merge conflict',
  what: 'go.mod or go.work holds the lines that git writes into a file when a merge conflicts (`<<<<<<<`, `=======`, `>>>>>>>`).',
  why: 'The file was committed in the middle of a merge, or a tool runs Go during one.',
  fix: 'Resolve the conflict: of two versions of a module keep the higher one, then run `go mod tidy`.',
  classes: ['V10'],
  example: `go: errors parsing go.mod:
go.mod:4: unknown directive: <<<<<<<
go.mod:6: unknown directive: =======
go.mod:8: unknown directive: >>>>>>>`,
  markers: ['<<<<<<<', '=======', '>>>>>>>'],
  message: async (message, { facts }) => {
    const line = positionedLines(message).find(
      (each) =>
        marker.test(each.text) &&
        /(?:unknown directive|malformed module path|unknown block type|usage|invalid)/.test(each.text),
    )
    if (line?.position === undefined || !/go\.(?:mod|work)$/.test(line.position.file)) return undefined
    const at = await facts.locate(line.position)
    return conflict(
      at?.file ?? (line.position.file.endsWith('go.work') ? 'go.work' : 'go.mod'),
      at?.line ?? line.position.line,
    )
  },
  observe: {
    'module-files': (observation) => {
      const in_ = (file: string | undefined, problems: readonly ParseProblem[] | undefined) => {
        const first = problems?.find((problem) => marker.test(problem.message))
        return file === undefined || first === undefined ? [] : [conflict(file, first.line)]
      }
      return [
        ...in_(observation.goModPath, observation.goMod?.problems),
        ...in_(observation.goWorkPath, observation.goWork?.problems),
      ]
    },
  },
}

export default rule
