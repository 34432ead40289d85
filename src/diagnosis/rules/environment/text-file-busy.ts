import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { plain } from '../../rule-helpers/text.ts'

const rule: Rule = {
  id: 'text-file-busy',
  area: 'environment',
  title: 'A program was started while somebody still had it open for writing',
  what: 'The system refuses to run a file that is open for writing somewhere.',
  why: 'A process that was forked at the wrong moment still holds the file; the go command tries again by itself, tests that write and run a program do not. It is a matter of luck, not of the code.',
  fix: 'Run again; a test that writes and runs a program should wait and try again.',
  classes: ['D09'],
  markers: ['text file busy', 'Text file busy'],
  message: (message) => {
    const found = /(?:fork\/exec |exec |open )?([^\s:"]+): [Tt]ext file busy/.exec(plain(message))?.[1]
    return found === undefined
      ? undefined
      : diagnosis({
          confidence: 'likely',
          message: `${found} was started while it was still open for writing: a race on this machine, not a fault of the code.`,
          fix: advice('Run again; if a test of yours writes and runs the file, let it wait and try again.'),
          key: found,
        })
  },
}

export default rule
