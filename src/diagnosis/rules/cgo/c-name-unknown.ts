import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { plain } from '../../rule-helpers/text.ts'
import { messageLocations } from '../../rule-helpers/where.ts'

const rule: Rule = {
  id: 'c-name-unknown',
  area: 'cgo',
  title: 'The C headers do not declare a name that Go uses',
  what: 'Go code uses C.name, and none of the headers that its file includes declares it.',
  why: 'The installed C library is older than the Go package needs (or newer, and dropped the name), the header is not included, or the name is misspelt.',
  fix: 'Install a version of the C library that has the name, or a version of the Go package for the one installed.',
  classes: ['C07'],
  example: `# example.com/app
./main.go:8:23: could not determine what C.sub refers to`,
  markers: ['could not determine '],
  message: async (message, { facts }) => {
    const name = /could not determine (?:kind of name for|what) C\.([^\s]+)/.exec(plain(message))?.[1]
    if (name === undefined) return undefined
    const by = message.module
    return diagnosis({
      confidence: by === undefined && message.position !== undefined ? 'certain' : 'likely',
      message: `C.${name} is in none of the headers that ${message.package ?? 'the file'} includes${by === undefined ? '' : `; most likely the installed C library is another version than ${by.path}@${by.version} needs`}.`,
      fix: advice('Install a version of the C library whose headers have it, or correct the name or the #include.'),
      locations: await messageLocations(message, facts),
      module: by?.path,
      version: by?.version,
      package: message.package,
      key: message.package ?? 'names',
    })
  },
}

export default rule
