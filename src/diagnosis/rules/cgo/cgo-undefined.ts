import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { isCompileMessage, undefinedName } from '../../rule-helpers/compile.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { excludedFor, onPort, portOf } from '../../rule-helpers/excluded.ts'
import { messageLocations } from '../../rule-helpers/where.ts'

const rule: Rule = {
  id: 'cgo-undefined',
  area: 'cgo',
  title: 'A name is undefined because its file needs cgo',
  what: 'A name is declared in a file that imports "C", and with cgo off that file is left out.',
  why: 'cgo is off when CGO_ENABLED=0 is set, when GOOS or GOARCH name another machine than this one, or when no C compiler is found. No library is missing: the file is not compiled at all.',
  fix: 'Build with CGO_ENABLED=1 and a C compiler for the target, or add a file with `//go:build !cgo` that does without.',
  classes: ['C02'],
  example: `# example.com/app
./main.go:5:30: undefined: native.Add`,
  markers: ['undefined: ', 'not declared by package', 'undeclared name'],
  message: async (message, context) => {
    if (!isCompileMessage(message)) return undefined
    const declared = (await excludedFor(message, context))[0]
    if (declared?.reason !== 'cgo') return undefined
    const name = undefinedName(message) ?? declared.symbol
    const { goos, goarch } = portOf(context)
    return diagnosis({
      message: `${name} is declared in ${declared.file} (line ${declared.line}), which imports "C" and is left out because cgo is off${onPort(context)}.`,
      fix: advice(
        'Build with cgo on and a C compiler for the target, or add a file with //go:build !cgo that declares the same without C.',
        [
          `CGO_ENABLED=1 ${goos === undefined ? '' : `CC=<C compiler for ${[goos, goarch].filter((part) => part !== undefined).join('/')}> `}go build ./...`,
        ],
      ),
      locations: [...(await messageLocations(message, context.facts)), { file: declared.file, line: declared.line }],
      package: message.package,
      key: declared.file,
    })
  },
}

export default rule
