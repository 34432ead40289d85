import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { clip, plain } from '../../rule-helpers/text.ts'
import { isVetFinding } from '../../rule-helpers/vet.ts'
import { messageLocations } from '../../rule-helpers/where.ts'

const rule: Rule = {
  id: 'vet-finding',
  area: 'code',
  title: 'go vet finds a mistake',
  what: 'An analyzer of `go vet` reports code that compiles and is most likely wrong. `go test` runs some of them before the tests.',
  why: 'A format that does not fit its argument, a lock that is copied, a result that is never used, and the like. A newer Go brings new analyzers.',
  fix: 'Correct the code at the line that is named.',
  classes: ['B06'],
  example: `# example.com/app
# [example.com/app]
./a_test.go:8:40: fmt.Printf format %d has arg "x" of wrong type string`,
  message: async (message, context) => {
    if (message.position === undefined || message.kind !== 'error' || !isVetFinding(message, context)) return undefined
    return diagnosis({
      message: `go vet: ${clip(plain(message).split('\n')[0] ?? '', 300)}`,
      fix: advice('Correct the code.'),
      locations: await messageLocations(message, context.facts),
      package: message.package,
    })
  },
}

export default rule
