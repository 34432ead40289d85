import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { clip, plain } from '../../rule-helpers/text.ts'

const pattern =
  /(invalid proxy URL scheme \(must be https, http, file\): [^\n]*|invalid proxy URL missing scheme: [^\n]*|GOPROXY list is not the empty string, but contains no entries|invalid file:\/\/ proxy URL with non-path elements: [^\n]*|parse "[^"\n]*": invalid [^\n]*)/

const rule: Rule = {
  id: 'goproxy-invalid',
  area: 'proxy',
  title: 'GOPROXY has a value that the go command cannot use',
  what: 'GOPROXY must be `off`, `direct`, or a list of URLs (https, http or file) separated by commas or |.',
  why: 'A typing slip, a variable that was empty when the value was put together, or a host without its scheme.',
  fix: 'Write the scheme, no blanks, and at least one entry.',
  classes: ['P02'],
  example: 'go: example.com/lib@v1.0.0: invalid proxy URL missing scheme: foo',
  markers: ['proxy URL', 'GOPROXY list is not', 'parse "'],
  message: async (message, { facts }) => {
    const block = plain(message)
    const found = pattern.exec(block)?.[1]
    if (found === undefined || block.includes('unrecognized import path')) return undefined
    const value = (await facts.goEnv())?.GOPROXY
    return diagnosis({
      message: `${value === undefined ? 'GOPROXY' : `GOPROXY=${clip(value)}`} cannot be used: ${clip(found)}.`,
      fix: advice(
        'Correct the value where it is set (the workflow, the environment or go env), or unset it to get the default back.',
        ['go env -u GOPROXY'],
      ),
      key: 'GOPROXY',
    })
  },
}

export default rule
