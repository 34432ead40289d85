import type { Location } from '../../../domain/module.ts'
import type { Diagnosis, Rule } from '../../../domain/rule.ts'
import { advice, command } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { positionedLines } from '../../rule-helpers/where.ts'

function malformed(
  at: Location | undefined,
  file: string,
  line: number,
  problem: string,
  conflict: boolean,
): Diagnosis {
  return diagnosis({
    message: conflict
      ? `${file} holds the markers of an unresolved merge conflict from line ${line} on.`
      : `Line ${line} of ${file} is not a line of go.sum: ${problem}.`,
    fix: advice(
      conflict
        ? 'Delete the marker lines (<<<<<<<, =======, >>>>>>>) and keep the entries of both sides, then let go mod tidy drop what is not needed.'
        : 'Delete or repair the line by hand, then run go mod tidy. Tidy alone exits 0 and leaves the line where it is.',
      [command('go', 'mod', 'tidy')],
    ),
    locations: at === undefined ? [] : [at],
    key: conflict ? `${at?.file ?? file} conflict` : `${at?.file ?? file}:${line}`,
  })
}

const rule: Rule = {
  id: 'sum-malformed',
  area: 'checksum',
  title: 'go.sum holds a line that is not an entry',
  what: 'A line of go.sum does not consist of a module, a version and a hash; often it is the marker of a merge conflict.',
  why: 'go.sum was merged or edited by hand. Go 1.22 and later refuse the file; older ones silently ignore everything after the line and then miss entries.',
  fix: 'Resolve the conflict or delete the line by hand, then run `go mod tidy`.',
  prevent: 'Resolve conflicts in go.sum by keeping both sides and tidying.',
  classes: ['S09'],
  example: `malformed go.sum:
/src/app/go.sum:1: wrong number of fields 2`,
  markers: ['malformed go.sum', 'wrong number of fields'],
  message: async (message, { facts }) => {
    const found = positionedLines(message).find(
      (line) => line.position !== undefined && /^wrong number of fields \d+/.test(line.text),
    )
    if (found?.position === undefined || !/go(?:\.work)?\.sum$/.test(found.position.file)) return undefined
    const at = await facts.locate(found.position)
    const sum = await facts.goSum()
    const conflict = sum?.content.problems.some(isConflict) ?? false
    return malformed(at, at?.file ?? 'go.sum', found.position.line, found.text, conflict)
  },
  observe: {
    'module-files': (observation) => {
      const problems = observation.goSum?.problems ?? []
      const conflict = problems.find(isConflict)
      const shown = conflict === undefined ? problems.slice(0, 10) : [conflict]
      return shown.map((problem) =>
        malformed(
          { file: observation.goSumPath, line: problem.line },
          observation.goSumPath,
          problem.line,
          problem.message,
          conflict !== undefined,
        ),
      )
    },
  },
}

function isConflict(problem: { readonly message: string }): boolean {
  return /<<<<<<<|=======|>>>>>>>|conflict/.test(problem.message)
}

export default rule
