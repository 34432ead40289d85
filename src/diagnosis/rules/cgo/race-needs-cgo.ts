import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { onPort } from '../../rule-helpers/excluded.ts'
import { plain } from '../../rule-helpers/text.ts'

const rule: Rule = {
  id: 'race-needs-cgo',
  area: 'cgo',
  title: 'A sanitizer cannot be used in this build',
  what: '-race, -msan and -asan need cgo (on most systems) and exist only on some ports.',
  why: 'CGO_ENABLED=0 is set, or cgo is off because there is no C compiler or the build is for another machine; or the port has no such runtime.',
  fix: 'Set CGO_ENABLED=1 and install a C compiler, or leave the flag out for this target.',
  classes: ['C16', 'C17'],
  example: 'go: -race requires cgo; enable cgo by setting CGO_ENABLED=1',
  markers: [' requires cgo', ' is not supported on '],
  message: (message, context) => {
    const block = plain(message)
    const flag = /(-race|-msan|-asan) requires cgo/.exec(block)?.[1]
    const [, other, port] = /(-race|-msan|-asan) is not supported on ([^\s]+)/.exec(block) ?? []
    if (flag === undefined && other === undefined) return undefined
    return flag === undefined
      ? diagnosis({
          message: `${other ?? ''} does not exist on ${port ?? 'this port'}.`,
          fix: advice(`Leave ${other ?? 'the flag'} out for this target.`),
          key: `${other ?? ''} ${port ?? ''}`,
        })
      : diagnosis({
          message: `${flag} needs cgo, and cgo is off${onPort(context)}.`,
          fix: advice(`Set CGO_ENABLED=1 and install a C compiler, or leave ${flag} out.`, [
            `CGO_ENABLED=1 go test ${flag} ./...`,
          ]),
          key: flag,
        })
  },
}

export default rule
