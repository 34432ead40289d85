import type { Diagnosis, Extent, Parts, Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { dependencyFix, dependencyOf, originParts, whyInBuild } from '../../rule-helpers/dependency.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { extentHere, onPorts, partOf, portTitle } from '../../rule-helpers/extent.ts'
import { compileKind, compileText, isCompileMessage, missingMember } from '../../rule-helpers/compile.ts'
import { excludedFor } from '../../rule-helpers/excluded.ts'
import { isVetFinding } from '../../rule-helpers/vet.ts'
import { clip } from '../../rule-helpers/text.ts'
import { messageLocations } from '../../rule-helpers/where.ts'

const hints: readonly (readonly [RegExp, string])[] = [
  [/imported and not used/, 'Remove the import.'],
  [/declared and not used|declared but not used/, 'Use the variable or remove it; _ takes a value that nobody needs.'],
  [/redeclared in this block/, 'Remove one of the two, or give their files constraints that exclude each other.'],
  [
    /^syntax error: non-declaration statement outside function body/,
    'Put the statement into a function; where the line is a mark of a merge conflict (<<<<<<<, =======, >>>>>>>), resolve it.',
  ],
  [
    /^invalid (?:NUL character|BOM in the middle|UTF-8 encoding)|^illegal (?:character NUL|byte order mark|UTF-8 encoding)/,
    'Save the file as UTF-8 without zero bytes; a file that was not committed whole, or that git changed as text (.gitattributes), looks like this.',
  ],
  [
    /^go:embed requires import "embed"|^go:embed only allowed in Go files that import "embed"/,
    'Add import _ "embed" to the file.',
  ],
  [/^syntax error|^expected |^illegal |string literal not terminated/, 'Correct the syntax.'],
  [/missing return/, 'Return a value at the end of the function.'],
  [
    /(?:not enough|too many) (?:arguments|return values)|assignment mismatch/,
    'Fit the call to the function as it is now; a dependency may have changed it.',
  ],
  [/does not implement/, 'Give the type the methods that the interface has now; a dependency may have changed it.'],
  [/has no field or method/, 'Correct the name, or require the version that has it.'],
]

const unused = /^declared (?:and|but) not used|^[^\s]{1,300} declared (?:and|but) not used|imported and not used/

const rule: Rule = {
  id: 'compile-error',
  area: 'code',
  title: 'The code does not compile',
  what: 'The compiler refuses the code, here and everywhere else: nothing of the machine, the port or the modules is to blame as far as can be seen.',
  why: 'The change was not compiled before it was committed, or two changes that were each right do not fit each other.',
  fix: 'Correct the code at the line that is named.',
  classes: ['B01', 'B02', 'B04'],
  example: `# example.com/app
./main.go:3:8: "os" imported and not used
./main.go:5:15: declared and not used: x`,
  message: async (message, context) => {
    if (!isCompileMessage(message) || message.position === undefined) return undefined
    if (compileKind(message) !== 'other' || isVetFinding(message, context)) return undefined
    if (missingMember(message) !== undefined && (await excludedFor(message, context)).length > 0) return undefined
    const text = compileText(message).split('\n')[0] ?? ''
    const by = message.module
    const parts = { texts: [clip(text, 300)], ...originParts(message) }
    return diagnosis({
      ...wording(parts, extentHere(context)),
      locations: await messageLocations(message, context.facts),
      module: by?.path,
      version: by?.version,
      package: message.package,
      parts,
      // The compiler stops looking at a statement that it cannot type, and what only stood there seems unused.
      ...(unused.test(text) ? { follows: ['port-undefined', 'cgo-undefined', 'name-undefined'] } : {}),
      ...(by === undefined ? {} : { key: `${by.path}@${by.version}` }),
    })
  },
  merge: (parts, extent) => wording(parts, extent),
}

function wording(parts: Parts, extent: Extent): Pick<Diagnosis, 'title' | 'message' | 'why' | 'fix'> {
  const [text = '', ...others] = parts.texts ?? []
  const module = dependencyOf(parts)
  // Where other ports compile, the code is not simply wrong.
  const where = extent.partial && extent.ports !== '' ? onPorts(extent).trimStart() : ''
  const partly = where === '' ? {} : { why: portReason }
  if (module === undefined) {
    return {
      ...(where === '' ? {} : { title: `The code does not compile on ${portTitle(extent)}` }),
      message: where === '' ? text : `${text}, ${where} alone`,
      ...partly,
      fix: advice(hints.find(([pattern]) => pattern.test(text))?.[1] ?? 'Correct the code.'),
    }
  }
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`
  return {
    title: `${module} does not compile${where === '' ? '' : ` on ${portTitle(extent)}`}`,
    message: `${partOf(parts, 'modules') ?? module}: ${text}${more}${where === '' ? '' : `, ${where} alone`}`,
    ...partly,
    ...whyInBuild(parts, where === '' ? rule.why : portReason),
    fix:
      where === ''
        ? advice(
            `The dependency does not compile with what else is in the build: move ${module}, or the module it uses, to versions that fit each other.`,
          )
        : dependencyFix(module, extent),
  }
}

const portReason =
  'The same code compiles on other ports: what it uses has another shape here (files for this system, types of system calls, the width of int).'

export default rule
