import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { compileText, isCompileMessage, systemTypes } from '../../rule-helpers/compile.ts'
import { onPort } from '../../rule-helpers/excluded.ts'
import { clip } from '../../rule-helpers/text.ts'
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
    const on = onPort(context)
    return diagnosis({
      confidence: on === '' ? 'guess' : 'likely',
      message: `${value === undefined ? `${has} and ${wanted} are mixed` : `${clip(value)} is ${has}${on === '' ? ' here' : on} and ${wanted} is wanted`}; types of system calls differ from system to system.`,
      fix: advice(
        by === undefined
          ? `Convert explicitly: ${wanted}(${clip(value ?? '…', 60)}).`
          : `Use a version of ${by.path} that supports this port, or do not build for it.`,
      ),
      locations: await messageLocations(message, context.facts),
      module: by?.path,
      version: by?.version,
      package: message.package,
    })
  },
}

export default rule
