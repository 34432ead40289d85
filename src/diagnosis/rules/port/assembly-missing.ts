import type { Diagnosis, Extent, Parts, Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { dependencyOf, originParts, whyInBuild } from '../../rule-helpers/dependency.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { compileKind, isCompileMessage } from '../../rule-helpers/compile.ts'
import { onPort, portOf } from '../../rule-helpers/excluded.ts'
import { extentHere, onPorts, partOf, portTitle, portWords, typedPort } from '../../rule-helpers/extent.ts'
import { enumerate, plain } from '../../rule-helpers/text.ts'
import { messageLocations } from '../../rule-helpers/where.ts'

const rule: Rule = {
  id: 'assembly-missing',
  area: 'port',
  title: 'A function has no body on this architecture',
  what: 'A function is declared in Go without a body, and no assembly file of this architecture defines it.',
  why: 'The assembly is there for other architectures only (add_amd64.s), and the declaration is built for all of them.',
  fix: 'Give the declaration the constraint of the assembly, and add a version in Go for the rest.',
  classes: ['X08', 'X09'],
  example: `# example.com/app
./main.go:3:6: missing function body`,
  markers: ['missing function body', 'relocation target '],
  message: async (message, context) => {
    const target = /^([^\s:]+): relocation target ([^\s]+) not defined/.exec(plain(message))?.[2]
    const body = isCompileMessage(message) && compileKind(message) === 'missing-body'
    if (!body && (target === undefined || /^(?:x_cgo_|_cgo_)/.test(target))) return undefined
    if (
      target !== undefined &&
      context.command.messages.some((other) => other.text.includes('relocation target x_cgo_'))
    )
      return 'consequence'
    const { goarch } = portOf(context)
    const pulled = target !== undefined && /^(?:runtime|syscall|internal|os|net|reflect|time|sync)\b/.test(target)
    if (pulled) {
      return diagnosis({
        confidence: 'likely',
        message: `${target} is pulled in by go:linkname and does not exist in this Go${onPort(context)}.`,
        fix: advice(
          'Move the package that does so to a version made for this Go; what the standard library keeps to itself changes from release to release.',
        ),
        package: message.package,
        key: target,
      })
    }
    const by = message.module
    const parts = { names: target === undefined ? [] : [target], ...typedPort(context), ...originParts(message) }
    const place = by === undefined ? (message.package ?? '') : `${by.path}@${by.version}`
    return diagnosis({
      ...wording(parts, extentHere(context)),
      confidence: goarch === undefined ? 'likely' : 'certain',
      locations: await messageLocations(message, context.facts),
      module: by?.path,
      version: by?.version,
      package: message.package,
      parts,
      key: `${place} ${message.position?.file ?? target ?? ''}`,
      family: place,
    })
  },
  merge: (parts, extent) => wording(parts, extent),
}

function wording(parts: Parts, extent: Extent): Pick<Diagnosis, 'title' | 'message' | 'why' | 'fix'> {
  const module = dependencyOf(parts)
  const subject = parts.names?.length === 0 ? 'A function' : enumerate(parts.names ?? [], 3)
  const many = (parts.names ?? []).length > 1
  return {
    title: `${module === undefined ? '' : `${module}: `}${subject} ${many ? 'have' : 'has'} no body on ${extent.ports === '' ? 'this architecture' : portTitle(extent)}`,
    message: `${subject} ${many ? 'are' : 'is'} declared without a body, and no assembly file defines ${many ? 'them' : 'it'}${onPorts(extent) || ' for this architecture'}${module === undefined ? '' : ` in ${partOf(parts, 'modules') ?? module}`}.`,
    ...whyInBuild(parts, rule.why),
    fix: advice(
      module === undefined
        ? `Put the declaration into a file with the constraint of the assembly (name it …_amd64.go, say), and write the function in Go for the rest.`
        : `Use a version of ${module} that supports ${portWords(extent)}, or its tag for pure Go when it has one (often purego or noasm).`,
    ),
  }
}

export default rule
