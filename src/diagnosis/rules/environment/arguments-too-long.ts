import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { plain } from '../../rule-helpers/text.ts'

const rule: Rule = {
  id: 'arguments-too-long',
  area: 'environment',
  title: 'A command line is longer than the system allows',
  what: 'A program cannot be started because its arguments and environment are too long together.',
  why: 'Windows takes 32767 characters (cmd.exe 8191), Linux a share of the stack limit and 128 KiB for one argument. Long lists of packages or files, or a large variable in the environment, go over it.',
  fix: 'Name packages by patterns (./...) instead of one by one, shorten the environment or the paths.',
  classes: [],
  example: 'fork/exec /usr/local/go/pkg/tool/linux_amd64/compile: argument list too long',
  markers: ['rgument list too long', 'filename or extension is too long', 'command line is too long', 'E2BIG'],
  message: (message) => {
    const block = plain(message)
    const found =
      /fork\/exec ((?:[A-Za-z]:)?[^\n:]{1,300}): (?:argument list too long|The filename or extension is too long)/.exec(
        block,
      )
    if (found === null && !/[Aa]rgument list too long|The command line is too long|\bE2BIG\b/.test(block))
      return undefined
    return diagnosis({
      confidence: found === null ? 'likely' : 'certain',
      message: `${found?.[1] ?? 'A program'} could not be started: its arguments and environment together are longer than the system takes.`,
      fix: advice(
        'Name packages by patterns (./...) instead of one by one, split the list (xargs), and look for a huge variable in the environment.',
        ['env | wc -c', 'getconf ARG_MAX'],
      ),
      key: 'arguments',
    })
  },
}

export default rule
