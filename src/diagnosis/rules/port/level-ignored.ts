import { isLevel, isSilentlyIgnored, levelNeedsGo, levelValues } from '../../../domain/levels.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { clip } from '../../rule-helpers/text.ts'
import type { Rule } from '../../../domain/rule.ts'

const rule: Rule = {
  id: 'level-ignored',
  area: 'port',
  title: 'The level of an architecture is set to something that Go passes over',
  what: 'GOAMD64, GOARM or another level variable, in the environment or in `go env`, holds a value that the Go in use does not know, and the build goes on at the default level or fails later.',
  why: 'Go 1.23 to 1.27 lose the error of a wrong GOAMD64 or GOARM: what they check after it resets it. A variable that came with a later Go (GOARM64 with 1.23) is not read at all by an older one. GO386 is looked at by the compiler alone.',
  fix: 'Set the variable to one of the values that the message lists, or unset it.',
  classes: ['X02'],
  example:
    'GOAMD64=v5 go build ./... && go version -m m | grep GOAMD64   # build GOAMD64=v5, and the code is that of v1',
  observe: {
    levels: ({ settings, goVersion }) =>
      settings.flatMap(({ variable, value }) => {
        const shown = `${variable}=${clip(value, 60)}`
        if (!isLevel(variable, value)) {
          const silent = isSilentlyIgnored(variable, value, goVersion)
          if (!silent && variable !== 'GO386') return []
          return [
            diagnosis({
              message: `${shown} is no level: ${variable} takes ${levelValues(variable)}. ${silent ? `${goVersion} says nothing and builds its default level.` : 'Builds for 386 fail.'}`,
              fix: advice(`Set ${variable} to one of these values where it is set, or unset it.`, [
                `go env -u ${variable}`,
              ]),
              key: variable,
            }),
          ]
        }
        const needed = levelNeedsGo(variable, value, goVersion)
        if (needed === undefined) return []
        return [
          diagnosis({
            severity: 'warning',
            message: `${shown} is known since Go ${needed}, and this is ${goVersion}: it refuses the value or does not read it.`,
            fix: advice(`Use Go ${needed} or newer, or unset ${variable} for builds with this one.`, [
              `go env -u ${variable}`,
            ]),
            key: variable,
          }),
        ]
      }),
  },
}

export default rule
