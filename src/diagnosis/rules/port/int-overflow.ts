import type { Diagnosis, Extent, Parts, Rule } from '../../../domain/rule.ts'
import { narrowArchitectures } from '../../../domain/port-set.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { compileKind, compileText, isCompileMessage } from '../../rule-helpers/compile.ts'
import { dependencyFix, dependencyOf, originParts, whyInBuild } from '../../rule-helpers/dependency.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { portOf } from '../../rule-helpers/excluded.ts'
import { extentHere, onPorts, partOf, portTitle, typedPort } from '../../rule-helpers/extent.ts'
import { clip, enumerate } from '../../rule-helpers/text.ts'
import { messageLocations } from '../../rule-helpers/where.ts'

const rule: Rule = {
  id: 'int-overflow',
  area: 'port',
  title: 'A constant does not fit into int on a 32-bit port',
  what: 'int and uint have 32 bits on 386, arm, mips and mipsle; a constant that fits 64 bits does not fit there.',
  why: 'The code was only ever built on 64-bit machines. An untyped constant passed to fmt.Println or kept in a variable becomes an int.',
  fix: 'Give the value a type that is 64 bits wide everywhere: int64 or uint64.',
  prevent: 'Build for one 32-bit port (linux/386) on every pull request.',
  classes: ['X06'],
  example: `# example.com/app
./main.go:4:18: cannot use 1 << 40 (untyped int constant 1099511627776) as int value in variable declaration (overflows)`,
  markers: ['overflows', 'invalid array length'],
  message: async (message, context) => {
    if (!isCompileMessage(message) || compileKind(message) !== 'overflow') return undefined
    const text = compileText(message)
    const type =
      /\boverflows (int|uint|uintptr)\b/.exec(text)?.[1] ?? /as (int|uint|uintptr) value in /.exec(text)?.[1] ?? 'int'
    const value =
      /constant (-?\d+)/.exec(text)?.[1] ?? /^cannot use ([^\s()]{1,100}) \(untyped int constant\)/.exec(text)?.[1]
    const { goarch } = portOf(context)
    const wide = goarch !== undefined && !narrowArchitectures.has(goarch)
    const tooWide = value !== undefined && /^-?\d+$/.test(value) && value.replace('-', '').length > 19
    const by = message.module
    if (wide || tooWide) {
      return diagnosis({
        title: `A constant does not fit into ${type}`,
        message: `${value ?? 'The constant'} does not fit into ${type}, also not with 64 bits.`,
        fix: advice('Use a smaller value, uint64, or math/big.'),
        locations: await messageLocations(message, context.facts),
        package: message.package,
        key: `${message.package ?? ''} ${message.position?.file ?? ''} wide`,
      })
    }
    const parts = { values: [value ?? clip(text)], types: [type], ...typedPort(context), ...originParts(message) }
    const place = by === undefined ? (message.package ?? '') : `${by.path}@${by.version}`
    return diagnosis({
      ...wording(parts, extentHere(context)),
      confidence: goarch === undefined ? 'likely' : 'certain',
      locations: await messageLocations(message, context.facts),
      module: by?.path,
      version: by?.version,
      package: message.package,
      parts,
      key: `${place} ${message.position?.file ?? ''}`,
      family: place,
    })
  },
  merge: (parts, extent) => wording(parts, extent),
}

function wording(parts: Parts, extent: Extent): Pick<Diagnosis, 'title' | 'message' | 'why' | 'fix'> {
  const { values = [], types = [] } = parts
  const many = values.length > 1
  const type = types.includes('int') ? 'int' : (types[0] ?? 'int')
  const module = dependencyOf(parts)
  const title = `${enumerate(values, 1)} ${many ? 'do' : 'does'} not fit into ${type} on ${extent.ports === '' ? '32-bit ports' : portTitle(extent)}`
  const message = `${enumerate(values, 4)} ${many ? 'do' : 'does'} not fit into ${type}, which has 32 bits${onPorts(extent) || ' on 386, arm, mips and mipsle'}`
  if (module !== undefined)
    return {
      title: `${module}: ${title}`,
      message: `${message}; ${partOf(parts, 'modules') ?? module} is written for 64-bit machines.`,
      ...whyInBuild(parts, rule.why),
      fix: dependencyFix(module, extent),
    }
  return {
    title,
    message: `${message}.`,
    fix: advice(
      `Write ${type === 'int' ? 'int64' : 'uint64'} in place of ${type} where the value is kept or passed (fmt.Println(int64(…))), or give the file a build constraint.`,
    ),
  }
}

export default rule
