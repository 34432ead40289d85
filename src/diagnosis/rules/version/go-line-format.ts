import type { Location } from '../../../domain/module.ts'
import type { Diagnosis, Rule } from '../../../domain/rule.ts'
import { advice, command } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { goModDirective, locate, positionedLines } from '../../rule-helpers/where.ts'

const rule: Rule = {
  id: 'go-line-format',
  area: 'version',
  title: 'The go line has a form that this Go does not read',
  what: 'The value of the go line is not a version as this Go knows them.',
  why: 'Go 1.20 and older read only two numbers (`go 1.20`), and newer modules write three (`go 1.21.0`). Or the line has a `v` or `go` in front of the number.',
  fix: 'Use Go 1.21 or newer, which also says so properly; or correct the line.',
  classes: ['V09'],
  example: `go: errors parsing go.mod:
go.mod:3: invalid go version 'v1.21': must match format 1.23.0`,
  markers: ['invalid go version'],
  message: async (message, { facts }) => {
    const line = positionedLines(message).find((each) => each.text.startsWith('invalid go version '))
    const value = /invalid go version '([^'\n]*)'/.exec(line?.text ?? '')?.[1]
    if (value === undefined) return undefined
    const own = await locate(facts, line?.position)
    return wrongLine(value, own.length > 0 ? own : await goModDirective(facts, 'go'))
  },
  observe: {
    'module-files': ({ goMod, goModPath }) =>
      (goMod?.problems ?? []).flatMap((problem) => {
        const value = /^"([^"]*)" is no Go version that the go line can hold/.exec(problem.message)?.[1]
        return value === undefined ? [] : [wrongLine(value, [{ file: goModPath, line: problem.line }])]
      }),
  },
}

function wrongLine(value: string, locations: readonly Location[]): Diagnosis {
  const three = /^\d+\.\d+(?:\.\d+|rc\d+|beta\d+)$/.test(value)
  const right = /(\d+\.\d+(?:\.\d+)?)/.exec(value)?.[1]
  return diagnosis({
    message: three
      ? `The go line says ${value}, which only Go 1.21 and newer can read; the Go that runs is older.`
      : `The go line says ${value}, which is no Go version${right === undefined ? '' : `; it must read ${right}`}.`,
    fix: three
      ? advice(
          'Use Go 1.21 or newer here. Writing the line with two numbers helps only when the module really runs on that old a Go.',
        )
      : advice('Correct the line.', right === undefined ? [] : [command('go', 'mod', 'edit', `-go=${right}`)]),
    locations,
    key: value,
  })
}

export default rule
