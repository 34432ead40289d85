import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { compileKind, compileText, isCompileMessage } from '../../rule-helpers/compile.ts'
import { onPort, portOf } from '../../rule-helpers/excluded.ts'
import { clip } from '../../rule-helpers/text.ts'
import { messageLocations } from '../../rule-helpers/where.ts'

const narrow = new Set(['386', 'arm', 'mips', 'mipsle'])

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
  markers: ['overflows'],
  message: async (message, context) => {
    if (!isCompileMessage(message) || compileKind(message) !== 'overflow') return undefined
    const text = compileText(message)
    const type =
      /\boverflows (int|uint|uintptr)\b/.exec(text)?.[1] ?? /as (int|uint|uintptr) value in /.exec(text)?.[1] ?? 'int'
    const value = /constant (-?\d+)/.exec(text)?.[1]
    const { goarch } = portOf(context)
    const wide = goarch !== undefined && !narrow.has(goarch)
    const tooWide = value !== undefined && value.replace('-', '').length > 19
    const by = message.module
    if (wide || tooWide) {
      return diagnosis({
        message: `${value ?? 'The constant'} does not fit into ${type}, also not with 64 bits.`,
        fix: advice('Use a smaller value, uint64, or math/big.'),
        locations: await messageLocations(message, context.facts),
        package: message.package,
        key: `${message.package ?? ''} ${message.position?.file ?? ''} wide`,
      })
    }
    return diagnosis({
      confidence: goarch === undefined ? 'likely' : 'certain',
      message: `${value ?? clip(text)} does not fit into ${type}, which has 32 bits${onPort(context) || ' on 386, arm, mips and mipsle'}${by === undefined ? '' : `; ${by.path}@${by.version} is written for 64-bit machines`}.`,
      fix: advice(
        by === undefined
          ? `Write ${type === 'int' ? 'int64' : 'uint64'} in place of ${type} where the value is kept or passed (fmt.Println(int64(…))), or give the file a build constraint.`
          : `Use a version of ${by.path} that supports 32-bit machines, or do not build for this port.`,
      ),
      locations: await messageLocations(message, context.facts),
      module: by?.path,
      version: by?.version,
      package: message.package,
      key: `${message.package ?? ''} ${message.position?.file ?? ''}`,
    })
  },
}

export default rule
