import type { Location } from '../../../domain/module.ts'
import type { Diagnosis, Rule } from '../../../domain/rule.ts'
import { advice, command } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { plain } from '../../rule-helpers/text.ts'
import { goModDirective, goWorkDirective, locate, positionedLines } from '../../rule-helpers/where.ts'

const rule: Rule = {
  id: 'toolchain-setting-invalid',
  area: 'version',
  title: 'A toolchain setting is not a Go release',
  what: 'GOTOOLCHAIN or the toolchain line holds something that is no name of a Go release.',
  why: 'A toolchain line takes the name with its prefix (`toolchain go1.21.3`), GOTOOLCHAIN takes `local`, `auto`, `path` or such a name. The go line takes the number alone.',
  fix: 'Write the name with `go` in front, or remove the line.',
  since: '1.21',
  classes: ['V06', 'V07'],
  example: 'go: invalid toolchain "1.21.3" in go.mod',
  markers: ['invalid GOTOOLCHAIN', 'invalid toolchain "', 'invalid toolchain version'],
  message: async (message, { facts }) => {
    const block = plain(message)
    const variable = /invalid GOTOOLCHAIN "([^"\n]*)"/.exec(block)?.[1]
    if (variable !== undefined) {
      return diagnosis({
        message: `GOTOOLCHAIN=${variable} is no setting that the go command knows.`,
        fix: advice(
          'Set it to local, auto, path or a release such as go1.22.0, where it is set (workflow, environment or go env); unset it for the default.',
          ['go env -u GOTOOLCHAIN'],
        ),
        key: 'GOTOOLCHAIN',
      })
    }
    const [, value, file] =
      /invalid toolchain "([^"\n]+)" in ([^\s]+)/.exec(block) ??
      /invalid toolchain version '([^'\n]+)'()/.exec(block) ??
      []
    if (value === undefined) return undefined
    const work = file?.endsWith('go.work') === true
    const line = positionedLines(message).find((each) => each.text.includes('invalid toolchain version'))
    const own = await locate(facts, line?.position)
    const at = work ? await goWorkDirective(facts, 'toolchain') : await goModDirective(facts, 'toolchain')
    return wrongName(value, work, own.length > 0 ? own : at)
  },
  observe: {
    'module-files': ({ goMod, goModPath }) =>
      (goMod?.problems ?? []).flatMap((problem) => {
        const value = /^"([^"]*)" is no toolchain name/.exec(problem.message)?.[1]
        return value === undefined ? [] : [wrongName(value, false, [{ file: goModPath, line: problem.line }])]
      }),
  },
}

function wrongName(value: string, work: boolean, locations: readonly Location[]): Diagnosis {
  const fixed = /^v?(\d[\w.]*)$/.exec(value)?.[1]
  return diagnosis({
    message: `The toolchain line says ${value}, which is no name of a Go release${fixed === undefined ? '' : `; it must read go${fixed}`}.`,
    fix: advice('Write the name with its prefix, or remove the line.', [
      command('go', work ? 'work' : 'mod', 'edit', `-toolchain=${fixed === undefined ? 'none' : `go${fixed}`}`),
    ]),
    locations,
    key: value,
  })
}

export default rule
