import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { clip, plain } from '../../rule-helpers/text.ts'
import { locate } from '../../rule-helpers/where.ts'

const rule: Rule = {
  id: 'cgo-directive-invalid',
  area: 'cgo',
  title: 'A #cgo line cannot be read',
  what: 'A `#cgo` line names something other than CFLAGS, CPPFLAGS, CXXFLAGS, FFLAGS, LDFLAGS, pkg-config, noescape or nocallback, or has a malformed argument.',
  why: 'A typing slip.',
  fix: 'Correct the line.',
  classes: ['C13'],
  example: '/src/app/main.go: invalid #cgo verb: #cgo CFLAG: -Ix',
  markers: ['invalid #cgo ', 'malformed #cgo '],
  message: async (message, { facts }) => {
    const [, file, problem] =
      /(?:^|\s)([^\n:]*(?::[\\/][^\n:]*)?\.go): ((?:invalid|malformed) #cgo [^\n]+)/.exec(
        `${message.position?.file ?? ''}${message.position === undefined ? '' : ': '}${plain(message)}`,
      ) ?? []
    if (file === undefined || problem === undefined) return undefined
    return diagnosis({
      message: `A #cgo line of ${file.split(/[\\/]/).pop() ?? file} cannot be read: ${clip(problem)}.`,
      fix: advice('Correct the line.'),
      locations: await locate(facts, message.position ?? { file: file.replaceAll('\\', '/'), line: 1 }),
      package: message.package,
      key: `${file} ${problem}`,
    })
  },
}

export default rule
