import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { plain } from '../../rule-helpers/text.ts'
import { messageLocations } from '../../rule-helpers/where.ts'

const rule: Rule = {
  id: 'assembly-error',
  area: 'port',
  title: 'A Go assembly file does not assemble',
  what: 'The assembler refuses an instruction, operand or symbol of a .s file.',
  why: 'The instruction belongs to another architecture or to a newer Go, or is misspelt.',
  fix: 'Correct the line, or give the file the constraint of its architecture.',
  classes: ['X11'],
  example: `# example.com/app
./f_amd64.s:2: unrecognized instruction "FROB"
asm: assembly of ./f_amd64.s failed`,
  markers: ['.s failed', 'unrecognized instruction', 'expected ', 'invalid instruction', 'illegal'],
  message: async (message, context) => {
    const block = plain(message)
    if (/^(?:[^\s]*[\\/])?asm(?:\.exe)?: assembly of [^\s]+ failed/.test(block)) {
      return context.command.messages.some((other) => other.printer === 'asm' && other.position !== undefined)
        ? 'consequence'
        : diagnosis({
            message: block.split('\n')[0] ?? '',
            fix: advice('Correct the file.'),
            package: message.package,
            key: block,
          })
    }
    if (message.printer !== 'asm' || message.position === undefined) return undefined
    const by = message.module
    return diagnosis({
      message: `The assembler refuses line ${message.position.line} of ${message.position.file.split('/').pop() ?? ''}: ${block.split('\n')[0]?.slice(0, 160) ?? ''}.`,
      fix: advice(
        by === undefined
          ? 'Correct the line; a file for one architecture ends in its name (_amd64.s).'
          : `Use a version of ${by.path} made for this Go and architecture.`,
      ),
      locations: await messageLocations(message, context.facts),
      module: by?.path,
      version: by?.version,
      package: message.package,
      key: message.position.file,
    })
  },
}

export default rule
