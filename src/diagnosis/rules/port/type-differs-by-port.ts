import type { Diagnosis, Extent, Parts, Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { compileText, isCompileMessage, systemTypes } from '../../rule-helpers/compile.ts'
import { dependencyFix, dependencyOf, originParts, whyInBuild } from '../../rule-helpers/dependency.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { extentHere, onPorts, partOf, portTitle, typedPort } from '../../rule-helpers/extent.ts'
import { clip, enumerate } from '../../rule-helpers/text.ts'
import { messageLocations } from '../../rule-helpers/where.ts'

const rule: Rule = {
  id: 'type-differs-by-port',
  area: 'port',
  title: 'A value has another type on this port',
  what: 'Fields of syscall and golang.org/x/sys types (Stat_t.Dev, Statfs_t.Bsize, Timespec.Sec and others) have other integer types on other systems; code that mixes them with a fixed type compiles on one and not on another.',
  why: 'The types follow the system’s C headers. The code was only ever built where they happen to agree.',
  fix: 'Convert explicitly: `uint64(s.Dev)`.',
  prevent: 'Build for every port that you release, on every pull request.',
  classes: ['X07'],
  example: `# example.com/app
./main.go:7:19: cannot use s.Dev (variable of type int32) as uint64 value in variable declaration`,
  markers: ['cannot use ', 'mismatched types '],
  message: async (message, context) => {
    if (!isCompileMessage(message)) return undefined
    const types = systemTypes(compileText(message))
    if (types === undefined) return undefined
    const { value, has, wanted } = types
    const by = message.module
    const extent = extentHere(context)
    const parts = {
      values: [value ?? types.expression],
      types: [has],
      wanted: [wanted],
      ...typedPort(context),
      ...originParts(message),
    }
    const place = by === undefined ? (message.package ?? '') : `${by.path}@${by.version}`
    const { file, line, column } = message.position ?? { file: '', line: 0 }
    return diagnosis({
      ...wording(parts, extent),
      confidence: extent.ports === '' ? 'guess' : 'likely',
      locations: await messageLocations(message, context.facts),
      module: by?.path,
      version: by?.version,
      package: message.package,
      parts,
      // One place has other types on other ports, and is one thing to correct.
      key: `${place} ${file}:${line}:${column ?? 0}`,
      family: place,
    })
  },
  merge: (parts, extent) => wording(parts, extent),
}

function wording(parts: Parts, extent: Extent): Pick<Diagnosis, 'title' | 'message' | 'why' | 'fix'> {
  const { values = [], types = [], wanted = [] } = parts
  const many = values.length > 1
  const module = dependencyOf(parts)
  const shown = enumerate(
    values.map((value) => clip(value, 60)),
    4,
  )
  const title = `${enumerate(
    values.map((value) => clip(value, 40)),
    1,
  )} ${many ? 'have other types' : 'has another type'} on ${portTitle(extent)}`
  const message = `${shown} ${many ? 'are' : 'is'} ${enumerate(types, 4).replace(/ and (?=[^ ]+$)/, ' or ')}${onPorts(extent) || ' here'} and ${enumerate(wanted, 3)} ${wanted.length > 1 ? 'are' : 'is'} wanted`
  if (module !== undefined)
    return {
      title: `${module}: ${title}`,
      message: `${partOf(parts, 'modules') ?? module}: ${message}; types of system calls differ from system to system.`,
      ...whyInBuild(parts, rule.why),
      fix: dependencyFix(module, extent),
    }
  return {
    title,
    message: `${message}; types of system calls differ from system to system.`,
    fix: advice(`Convert explicitly: ${partOf(parts, 'wanted') ?? ''}(${clip(values[0] ?? '…', 60)}).`),
  }
}

export default rule
