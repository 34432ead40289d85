import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { clip, plain } from '../../rule-helpers/text.ts'

const rule: Rule = {
  id: 'gowork-invalid',
  area: 'workspace',
  title: 'GOWORK names no workspace file',
  what: 'GOWORK must be `off`, empty, or the absolute path of a go.work file.',
  why: 'It holds a relative path, or a file that is not there (any more).',
  fix: 'Unset it, or give the absolute path.',
  since: '1.18',
  classes: ['W09'],
  example: 'go: invalid GOWORK: not an absolute path',
  markers: ['GOWORK', 'reading go.work: open'],
  message: async (message, { facts }) => {
    const block = plain(message)
    const relative = /invalid GOWORK: not an absolute path|the path provided to GOWORK must be an absolute path/.test(
      block,
    )
    const missing = /reading go\.work: open ([^\n]+?): (?:no such file or directory|The system cannot find)/.exec(
      block,
    )?.[1]
    if (!relative && missing === undefined) return undefined
    const value = (await facts.goEnv())?.GOWORK
    return diagnosis({
      message: relative
        ? `GOWORK${value === undefined ? '' : `=${clip(value)}`} is no absolute path.`
        : `GOWORK names ${clip(missing ?? '')}, which does not exist.`,
      fix: advice(
        'Unset it (also the persisted value), or give the absolute path of go.work; GOWORK=off builds without a workspace.',
        ['go env -u GOWORK'],
      ),
      key: 'GOWORK',
    })
  },
}

export default rule
