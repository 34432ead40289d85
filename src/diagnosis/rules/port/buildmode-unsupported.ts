import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { plain } from '../../rule-helpers/text.ts'

const rule: Rule = {
  id: 'buildmode-unsupported',
  area: 'port',
  title: 'The build mode does not exist on this port',
  what: 'The value of -buildmode is not known, or is not there for this GOOS and GOARCH.',
  why: 'Plugins exist on linux, darwin, freebsd and a few more; other modes have limits of their own.',
  fix: 'Leave the flag out for this target.',
  classes: ['C20'],
  example: '-buildmode=plugin not supported on windows/amd64',
  markers: ['buildmode='],
  message: (message) => {
    const block = plain(message)
    const [, mode, port] = /-?buildmode=([^\s]+) not supported(?: on ([^\s]+))?/.exec(block) ?? []
    if (mode === undefined) return undefined
    return diagnosis({
      message: port === undefined ? `There is no build mode ${mode}.` : `-buildmode=${mode} does not exist on ${port}.`,
      fix: advice(
        port === undefined
          ? 'Use one that `go help buildmode` lists.'
          : 'Leave the flag out for this target, or the target out.',
      ),
      key: `${mode} ${port ?? ''}`,
    })
  },
}

export default rule
