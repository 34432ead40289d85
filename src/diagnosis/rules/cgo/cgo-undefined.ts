import type { Message } from '../../../domain/message.ts'
import type { Diagnosis, MessageContext, Parts, Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { insteadOf } from '../../rule-helpers/cgo-hidden.ts'
import { knownCgoModule } from '../../rule-helpers/cgo-modules.ts'
import { isCompileMessage, missingMember, undefinedName } from '../../rule-helpers/compile.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { excludedFor, portOf } from '../../rule-helpers/excluded.ts'
import { enumerate } from '../../rule-helpers/text.ts'
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
  markers: [
    'undefined: ',
    'undefined array length ',
    'not declared by package',
    'undeclared name',
    ' has no field or method ',
  ],
  message: async (message, context) => {
    if (!isCompileMessage(message)) return undefined
    const declared = (await excludedFor(message, context))[0]
    if (declared === undefined) return fromLog(message, context)
    if (declared.reason !== 'cgo') return undefined
    const parts = {
      names: [undefinedName(message) ?? missingMember(message) ?? declared.symbol],
      files: [declared.file],
    }
    const { goos, goarch } = portOf(context)
    const target = [goos, goarch].filter((part) => part !== undefined).join('/')
    return diagnosis({
      ...wording(parts),
      fix: advice(
        `Build with cgo on and a C compiler for the target, or add a file with //go:build !cgo that declares the same without C.${insteadOf(declared.file)}`,
        [`CGO_ENABLED=1 ${goos === undefined ? '' : `CC=<C compiler for ${target}> `}go build ./...`],
      ),
      locations: await messageLocations(message, context.facts),
      package: message.package,
      parts,
      key: declared.file,
    })
  },
  merge: (parts) => wording(parts),
}

/** Without a checkout: a name of a module that is known to be nothing without cgo. */
async function fromLog(message: Message, context: MessageContext): Promise<Diagnosis | undefined> {
  if ((await context.facts.goMod()) !== undefined) return undefined
  const name = undefinedName(message)
  const module = name === undefined ? undefined : knownCgoModule(message, name)
  if (name === undefined || module === undefined) return undefined
  const { goos } = portOf(context)
  return diagnosis({
    confidence: 'likely',
    message: `${name} is declared in files of ${module} that import "C"; most likely they are left out because cgo is off${goos === undefined ? '' : ` (by default it is, when GOOS=${goos} is not the system that builds)`}.`,
    fix: advice(
      `Build with cgo on and a C compiler for the target (wrappers that cross compile often switch cgo off), or use a package without C.${insteadOf(module)}`,
      [
        `CGO_ENABLED=1 ${goos === undefined ? '' : 'CC=<C compiler for the target> '}go build ./...`,
        'go env CGO_ENABLED CC',
      ],
    ),
    locations: await messageLocations(message, context.facts),
    module,
    package: message.package,
    key: module,
  })
}

function wording({ names = [], files = [] }: Parts): { readonly message: string } {
  const many = names.length > 1
  return {
    message: `${enumerate(names, 4)} ${many ? 'are' : 'is'} declared in ${enumerate(files)}, which imports "C" and is left out because cgo is off.`,
  }
}

export default rule
