import type { Rule } from '../../../domain/rule.ts'
import { advice, command } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { plain } from '../../rule-helpers/text.ts'
import { moduleLocations } from '../../rule-helpers/where.ts'

const rule: Rule = {
  id: 'linkname-blocked',
  area: 'port',
  title: 'A package reaches into the standard library, and the linker forbids it',
  what: 'A package uses go:linkname to reach something that the standard library keeps to itself. Since Go 1.23 the linker refuses that unless the other side agrees.',
  why: 'The package (or one it depends on) is older than Go 1.23.',
  fix: 'Move the package to a version that was made for this Go.',
  since: '1.23',
  classes: ['X10'],
  example: `# example.com/app
link: main: invalid reference to runtime.gcController`,
  markers: ['invalid reference to '],
  message: async (message, { facts }) => {
    const [, owner, symbol] =
      /(?:link: )?(?:([^\s:]+): )?invalid reference to ([^\s]+)/.exec(
        plain(message).replace(/^(?:[^\s]*[\\/])?link(?:\.exe)?: /, ''),
      ) ?? []
    if (symbol === undefined) return undefined
    const mine = owner === undefined || owner === 'main' || owner === message.package
    return diagnosis({
      message: `${mine ? 'A package of the program' : owner} refers to ${symbol}, which the standard library keeps to itself since Go 1.23.`,
      fix: advice(
        mine
          ? 'Find the package with a go:linkname line for it, and move it to a version made for this Go; in your own code use what is public.'
          : `Move ${owner} to a version made for this Go. Switching the linker's check off only puts the break off to a later release.`,
        mine
          ? [command('grep', '-rn', `go:linkname.*${symbol}`, '--include=*.go', '.')]
          : [command('go', 'get', `${owner}@latest`)],
      ),
      locations: mine ? [] : await moduleLocations(owner, facts),
      package: owner ?? message.package,
      key: owner ?? symbol,
    })
  },
}

export default rule
