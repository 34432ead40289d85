import type { Rule } from '../../../domain/rule.ts'
import { advice, command } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { enumerate } from '../../rule-helpers/text.ts'
import { messageLocations } from '../../rule-helpers/where.ts'

const rule: Rule = {
  id: 'import-cycle',
  area: 'requirement',
  title: 'Packages import each other in a circle',
  what: 'A package imports itself by way of others, which Go does not allow.',
  why: 'Two packages need something of each other. Among packages of the standard library alone it means a broken Go installation, with files of two versions mixed.',
  fix: 'Move what both need into a third package, or pass it as an interface.',
  classes: ['M16'],
  example: `package example.com/app/a
	imports example.com/app/b from a.go
	imports example.com/app/a from b.go: import cycle not allowed`,
  markers: ['import cycle not allowed'],
  message: async (message, { facts }) => {
    const block = [message.text, ...message.detail].join('\n')
    if (!block.includes('import cycle not allowed')) return undefined
    const listed = [...block.matchAll(/^\s*(?:package|imports) ([^\s:]+)/gm)].map(([, path]) => path ?? '')
    const chain = message.importStack ?? listed
    const last = chain.at(-1)
    const start = last === undefined ? -1 : chain.indexOf(last)
    const circle = start >= 0 && start < chain.length - 1 ? chain.slice(start) : chain
    const standard =
      circle.length > 1 &&
      circle.every(
        (path) => !(path.split('/')[0] ?? '').includes('.') && path !== 'main' && !path.startsWith('command-line'),
      )
    if (standard && (await facts.goMod())?.content.module?.value.split('/')[0] !== circle[0]?.split('/')[0]) {
      return diagnosis({
        confidence: 'likely',
        message: `Packages of the standard library import each other in a circle (${enumerate([...new Set(circle)], 4)}): files of two Go versions are mixed in GOROOT.`,
        fix: advice(
          'Remove this Go wholly and install it anew into an empty folder; unset GOROOT when it points to another one.',
          ['go env GOROOT', 'go env -u GOROOT'],
        ),
        key: 'std',
      })
    }
    return diagnosis({
      message:
        circle.length < 2
          ? 'Packages import each other in a circle.'
          : `These packages import each other in a circle: ${circle.slice(0, 8).join(' → ')}.`,
      fix: advice(
        'Move what both sides need into a third package, or let one side take an interface.',
        last === undefined
          ? []
          : [command('go', 'list', '-f', '{{.ImportPath}}: {{.Imports}}', ...new Set(circle.slice(0, 4)))],
      ),
      locations: await messageLocations(message, facts),
      package: last,
      key: [...new Set(circle)].sort().join(' '),
    })
  },
}

export default rule
