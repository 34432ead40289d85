import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { plain } from '../../rule-helpers/text.ts'
import { messageLocations } from '../../rule-helpers/where.ts'

const rule: Rule = {
  id: 'import-of-program',
  area: 'requirement',
  title: 'A program is imported as if it were a library',
  what: 'An import names a package main, and a program cannot be imported.',
  why: 'The library part was left in package main, or the import should name a package below it.',
  fix: 'Move what is shared into a package of its own and import that. To pin a tool, use a `tool` line (Go 1.24) or a blank import in a file that is never built.',
  classes: ['M18'],
  example: 'main.go:3:8: import "example.com/app/cmd" is a program, not an importable package',
  markers: ['is a program, not an importable package'],
  message: async (message, { facts }) => {
    const path = /import "([^"]+)" is a program, not an importable package/.exec(plain(message))?.[1]
    if (path === undefined) return undefined
    return diagnosis({
      message: `${path} is a program (package main), which cannot be imported.`,
      fix: advice(
        'Move what is shared into a package of its own and import that; to pin a tool, write it as a tool line of go.mod (Go 1.24).',
      ),
      locations: await messageLocations(message, facts),
      package: message.package,
      key: path,
    })
  },
}

export default rule
