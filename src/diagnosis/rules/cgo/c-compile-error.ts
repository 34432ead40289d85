import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { clip, plain } from '../../rule-helpers/text.ts'
import { messageLocations } from '../../rule-helpers/where.ts'

const rule: Rule = {
  id: 'c-compile-error',
  area: 'cgo',
  title: 'The C part of a package does not compile',
  what: 'The C compiler refuses the C code of a package.',
  why: 'The code is wrong, or the installed headers are older or newer than the ones it was written for.',
  fix: 'Correct the code, or install the version of the C library that the package asks for.',
  classes: ['C05'],
  example: `# example.com/app
./main.go: In function 'add':
./main.go:4:36: error: 'c' undeclared (first use in this function)`,
  markers: ['error: ', 'error C'],
  message: async (message, { facts }) => {
    if (message.printer !== 'cc' || message.kind !== 'error' || message.position === undefined) return undefined
    const text = plain(message).split('\n')[0] ?? ''
    const said = /^(?:fatal )?error: ([^\n]+)/.exec(text)?.[1]
    if (
      said === undefined ||
      /No such file or directory|file not found|Unsupported architecture|^expected string/.test(said)
    )
      return undefined
    const undeclared =
      /'([^']+)' undeclared|undeclared identifier '([^']+)'|unknown type name '([^']+)'|has no member named '([^']+)'|implicit declaration of function '([^']+)'/.exec(
        said.replace(/[‘’`]/g, "'"),
      )
    const symbol = undeclared?.slice(1).find((name) => name !== undefined)
    const foreign = message.module !== undefined || /(?:^|\/)vendor\//.test(message.position.file)
    return diagnosis({
      confidence: foreign ? 'likely' : 'certain',
      message: `The C compiler refuses the code of ${message.package ?? 'a package'}: ${clip(said)}${foreign && symbol !== undefined ? `; most likely the installed headers are another version than it needs` : ''}.`,
      fix: advice(
        foreign
          ? `Install the version of the C library that ${message.module?.path ?? 'the package'} asks for (${symbol === undefined ? 'see its documentation' : `one that has ${symbol}`}), or use a version of the package for the one installed.`
          : 'Correct the C code.',
      ),
      locations: await messageLocations(message, facts),
      module: message.module?.path,
      version: message.module?.version,
      package: message.package,
      key: `${message.package ?? ''} ${message.position.file}`,
    })
  },
}

export default rule
