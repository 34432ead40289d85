import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { plain } from '../../rule-helpers/text.ts'

const rule: Rule = {
  id: 'workspace-flag',
  area: 'workspace',
  title: 'A flag cannot be used in a workspace',
  what: '`-mod=mod` and `-modfile` change or choose one go.mod, and in a workspace there are several.',
  why: 'The flag stands in the command or in GOFLAGS, and a go.work is in force.',
  fix: 'Leave the flag out, or set GOWORK=off for this command.',
  since: '1.18',
  classes: ['W06', 'W10'],
  example: 'go: -mod may only be set to readonly or vendor when in workspace mode, but it is set to "mod"',
  markers: ['when in workspace mode', 'cannot be used in workspace mode'],
  message: async (message, { facts }) => {
    const block = plain(message)
    const mod = /-mod may only be set to [^\n]* when in workspace mode, but it is set to "([^"\n]+)"/.exec(block)?.[1]
    const file = /(-modfile) cannot be used in workspace mode/.exec(block)?.[1]
    const flag = mod === undefined ? file : `-mod=${mod}`
    if (flag === undefined) return undefined
    const inFlags = (await facts.goEnv())?.GOFLAGS?.includes(flag.split('=')[0] ?? flag) === true
    return diagnosis({
      message: `${flag}${inFlags ? ' (from GOFLAGS)' : ''} cannot be used while a go.work is in force.`,
      fix: advice(
        inFlags
          ? 'Take the flag out of GOFLAGS, or set GOWORK=off for this command.'
          : 'Leave the flag out, or set GOWORK=off for this command.',
        inFlags ? ['go env -u GOFLAGS'] : [],
      ),
      key: flag,
    })
  },
}

export default rule
