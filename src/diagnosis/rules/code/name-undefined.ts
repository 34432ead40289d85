import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { isCompileMessage, undefinedName } from '../../rule-helpers/compile.ts'
import { originParts, whyInBuild } from '../../rule-helpers/dependency.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { cgoOf, excludedFor, onPort, portOf } from '../../rule-helpers/excluded.ts'
import { addedIn } from '../../rule-helpers/std-api.ts'
import { clip } from '../../rule-helpers/text.ts'
import { messageLocations } from '../../rule-helpers/where.ts'

const rule: Rule = {
  id: 'name-undefined',
  area: 'code',
  title: 'The code uses a name that nothing declares',
  what: 'The compiler finds no declaration of a name, and none in the files that this target leaves out.',
  why: 'The name is misspelt or was removed, its file was not committed or is generated, or its package is a version that lacks it.',
  fix: 'Declare it, correct it, generate the file first, or require the version that has it.',
  classes: ['C02', 'B01'],
  example: `# example.com/app
./main.go:3:15: undefined: nope`,
  markers: ['undefined: ', 'undefined array length ', 'not declared by package', 'undeclared name', ' undefined ('],
  message: async (message, context) => {
    if (!isCompileMessage(message)) return undefined
    const name = undefinedName(message)
    if (name === undefined) return undefined
    const running = (await context.facts.goEnv())?.GOVERSION
    if (/^(?:syscall|unix|windows|plan9|js)\./.test(name)) return undefined
    if (addedIn(name) !== undefined && !isNewEnough(running, addedIn(name) ?? '')) return undefined
    if ((await excludedFor(message, context)).length > 0) return undefined
    const known = (await context.facts.goMod()) !== undefined
    const off = (await cgoOf(context)) === false
    const { goos } = portOf(context)
    const by = message.module
    const maybe = known
      ? ''
      : ` Likeliest first: ${[
          ...(off ? ['its file imports "C" and cgo is off'] : []),
          ...(goos === undefined ? [] : [`its file is left out${onPort(context)}`]),
          'it is misspelt, was removed, or its file is missing here',
          ...(goos === undefined && !off ? ['its file is for another system, or needs cgo'] : []),
        ].join('; ')}.`
    return diagnosis({
      confidence: known ? 'certain' : off || goos !== undefined ? 'guess' : 'likely',
      message: `${name} is used and not declared${by === undefined ? '' : ` in ${by.path}@${by.version}`}.${maybe}`,
      title:
        by === undefined
          ? `${clip(name, 80)} is not declared`
          : `${by.path} uses ${clip(name, 80)}, which nothing declares`,
      ...whyInBuild(originParts(message), rule.why),
      fix: advice(
        by === undefined
          ? 'Correct the name, commit or generate the file that declares it, or require the version of its package that has it.'
          : `Two modules of the build do not fit each other: move ${by.path}, or the module it takes ${name} from, to versions that do.`,
        known ? [] : ["go list -f '{{.GoFiles}} cgo: {{.CgoFiles}} ignored: {{.IgnoredGoFiles}}' ."],
      ),
      locations: await messageLocations(message, context.facts),
      module: by?.path,
      version: by?.version,
      package: message.package,
      // Without a checkout nobody can tell one cause from many: what is undefined in a package is then one finding.
      key: known ? `${message.package ?? ''} ${name}` : (message.package ?? message.position?.file ?? name),
    })
  },
}

function isNewEnough(running: string | undefined, needed: string): boolean {
  const minor = (version: string): number => Number(/^(?:go)?1\.(\d+)/.exec(version)?.[1] ?? 0)
  return running !== undefined && minor(running) >= minor(needed)
}

export default rule
