import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { levelVariables } from '../../../domain/port.ts'
import { clip, plain } from '../../rule-helpers/text.ts'

const rule: Rule = {
  id: 'level-invalid',
  area: 'port',
  title: 'The level of an architecture has a value that does not exist',
  what: 'GOAMD64, GOARM, GOARM64, GO386, GOMIPS, GOPPC64, GORISCV64 or GOWASM holds a value that this Go does not know.',
  why: 'A typing slip, or a level that a newer Go brought. Go 1.23 to 1.27 do not notice a wrong GOAMD64 or GOARM: they build the default level without a word.',
  fix: 'Use one of the values that the message lists.',
  classes: ['X02', 'X03'],
  example:
    'go: invalid GOARM64: must start with v8.{0-9} or v9.{0-5} and may optionally end in ",lse" and/or ",crypto"',
  markers: [
    'invalid GOAMD64',
    'invalid GOARM',
    'invalid GOMIPS',
    'invalid GOPPC64',
    'invalid GORISCV64',
    'invalid GOWASM',
    'invalid GO386',
    'unsupported setting GO386',
  ],
  message: async (message, { facts }) => {
    const block = plain(message)
    const [, name, rest] = /invalid (GO[A-Z0-9]+): ([^\n]+)/.exec(block) ?? []
    const old = /unsupported setting GO386=([^\s.]+)/.exec(block)?.[1]
    if (old !== undefined) {
      return diagnosis({
        message: `GO386=${old} does not exist any more (the 387 went with Go 1.16).`,
        fix: advice('Set GO386 to sse2, the default, or to softfloat.', ['go env -u GO386']),
        key: 'GO386',
      })
    }
    if (name === undefined || rest === undefined || !Object.values(levelVariables).includes(name)) return undefined
    const value = (await facts.goEnv())?.[name]
    return diagnosis({
      message: `${name}${value === undefined || value === '' ? '' : `=${value}`} is no level that this Go knows: ${clip(rest)}.`,
      fix: advice(`Set ${name} to one of the values listed, or unset it for the default.`, [`go env -u ${name}`]),
      key: name,
    })
  },
}

export default rule
