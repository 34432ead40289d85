import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { clip, plain } from '../../rule-helpers/text.ts'
import { messageLocations } from '../../rule-helpers/where.ts'

const rule: Rule = {
  id: 'no-go-files',
  area: 'requirement',
  title: 'A folder holds no Go files to build',
  what: 'The folder that was named holds no Go file, or only tests.',
  why: 'The command runs in the wrong folder (programs often live in cmd/…), the files were not copied into the image, or they are generated and were not generated yet.',
  fix: 'Name the folder that holds the program, or run in it.',
  classes: ['M20'],
  example: 'no Go files in /src/app',
  markers: ['no Go files in', 'no non-test Go files in', 'no buildable Go source files in'],
  message: async (message, { facts }) => {
    const [, what, dir] = /no (Go|non-test Go|buildable Go source) files in ([^\n]+)/.exec(plain(message)) ?? []
    if (what === undefined || dir === undefined) return undefined
    return diagnosis({
      message: `${clip(dir)} holds ${what === 'non-test Go' ? 'only tests, nothing to build' : 'no Go file'}.`,
      fix: advice(
        'Name the folder that holds the package (./cmd/NAME for a program, ./... for all); in a container check that it was copied.',
        ["go list -f '{{.Name}} {{.ImportPath}}' ./..."],
      ),
      locations: await messageLocations(message, facts),
      key: dir,
    })
  },
}

export default rule
