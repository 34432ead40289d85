import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
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
    /^syntax error: unexpected (?:<<|==|>>)/,
    'Resolve the merge conflict: the line is one of the marks (<<<<<<<, =======, >>>>>>>) that git set.',
  ],
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
    const hint = hints.find(([pattern]) => pattern.test(text))?.[1]
    return diagnosis({
      message: `${by === undefined ? '' : `${by.path}@${by.version}: `}${clip(text, 300)}`,
      fix: advice(
        by === undefined
          ? (hint ?? 'Correct the code.')
          : `The dependency does not compile with what else is in the build: move ${by.path}, or the module it uses, to versions that fit each other.`,
      ),
      locations: await messageLocations(message, context.facts),
      module: by?.path,
      version: by?.version,
      package: message.package,
      ...(by === undefined ? {} : { key: `${by.path}@${by.version}` }),
    })
  },
}

export default rule
