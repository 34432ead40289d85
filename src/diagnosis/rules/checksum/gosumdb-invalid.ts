import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { clip, plain } from '../../rule-helpers/text.ts'

const rule: Rule = {
  id: 'gosumdb-invalid',
  area: 'checksum',
  title: 'GOSUMDB has a value that the go command cannot use',
  what: 'GOSUMDB names no checksum database that the go command knows and has no key to trust another one.',
  why: 'The go command has the keys of sum.golang.org and sum.golang.google.cn; any other database needs its name, hash and key in GOSUMDB.',
  fix: 'Unset GOSUMDB, or write it as `name+hash+key` and, with a blank between, the address.',
  classes: ['S08'],
  example: `go: example.com/lib@v1.0.0: verifying go.mod: invalid GOSUMDB: malformed verifier id`,
  markers: ['invalid GOSUMDB', 'missing GOSUMDB', 'invalid sumdb name'],
  message: async (message, { facts }) => {
    const found = /(invalid GOSUMDB: [^\n]+|missing GOSUMDB|invalid sumdb name[^\n]*)/.exec(plain(message))?.[1]
    if (found === undefined) return undefined
    const value = (await facts.goEnv())?.GOSUMDB
    return diagnosis({
      message: `${value === undefined ? 'GOSUMDB' : `GOSUMDB=${value}`} cannot be used: ${clip(found.replace(/^invalid GOSUMDB: /, ''))}.`,
      fix: advice(
        'Unset it to get the default back (also the persisted value), or give a mirror of the default one as GOSUMDB="sum.golang.org https://mirror".',
        ['go env -u GOSUMDB'],
      ),
      key: 'GOSUMDB',
    })
  },
}

export default rule
