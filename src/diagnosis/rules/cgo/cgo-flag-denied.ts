import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { moduleLocations } from '../../rule-helpers/where.ts'
import { clip, plain } from '../../rule-helpers/text.ts'

const rule: Rule = {
  id: 'cgo-flag-denied',
  area: 'cgo',
  title: 'A #cgo line or variable holds a flag that is not allowed',
  what: 'The go command lets only known flags through to the C compiler and linker, because a dependency could otherwise run anything during a build.',
  why: 'The flag is not on the list; most often it comes from an old package.',
  fix: 'Use a newer version of the package, or allow this one flag with CGO_CFLAGS_ALLOW or CGO_LDFLAGS_ALLOW.',
  since: '1.10',
  classes: ['C12'],
  example: 'example.com/app: invalid flag in #cgo CFLAGS: -fplugin=x (see https://go.dev/s/invalidflag)',
  markers: ['invalid flag in '],
  message: async (message, { facts }) => {
    const [, owner, where, flag] =
      /(?:^|\s)([^\s:]+): invalid flag in (#cgo [A-Z]+|[^\s:]+): ([^\s]+)/.exec(plain(message)) ?? []
    if (flag === undefined || where === undefined) return undefined
    const kind = where.includes('LDFLAGS')
      ? 'CGO_LDFLAGS_ALLOW'
      : where.includes('CXXFLAGS')
        ? 'CGO_CXXFLAGS_ALLOW'
        : 'CGO_CFLAGS_ALLOW'
    const pattern = flag.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    const own = owner === undefined ? undefined : await facts.lineWith?.({ package: owner, texts: ['#cgo', flag] })
    return diagnosis({
      message: `${owner ?? 'A package'} passes ${clip(flag)} in ${where}, which the go command does not let through.`,
      fix: advice(
        `Look at what the flag does. If it is harmless, allow exactly it; a newer version of the package may do without.`,
        [`${kind}='${pattern.replaceAll("'", '')}' go build ./...`],
      ),
      locations: own === undefined ? await moduleLocations(owner, facts) : [own],
      package: owner,
      key: `${owner ?? ''} ${flag}`,
    })
  },
}

export default rule
