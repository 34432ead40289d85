import type { Message, MessagePosition } from '../../../domain/message.ts'
import type { Rule } from '../../../domain/rule.ts'
import { advice, command } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { clip, plain } from '../../rule-helpers/text.ts'
import { locate } from '../../rule-helpers/where.ts'

const rule: Rule = {
  id: 'program-crash',
  area: 'code',
  title: 'A Go program crashes',
  what: 'A program or a test ended with a panic or a fatal error of the Go runtime, and printed the stacks of its goroutines. It was built without an error.',
  why: 'The code does what the runtime cannot go on from: it uses a nil pointer or map, waits for what never comes, or panics itself. A test that runs longer than `-timeout` (ten minutes unless set) is ended the same way.',
  fix: 'Begin at the first line of the stack that is your own.',
  classes: [],
  example: `panic: assignment to entry in nil map

goroutine 1 [running]:
main.main()
	/src/app/main.go:5 +0x2c`,
  markers: ['panic: ', 'fatal error: '],
  message: async (message, { facts }) => {
    if (message.printer !== 'runtime') return undefined
    const block = plain(message)
    // Without a stack it is a line about a crash, which programs print of others too.
    if (!block.includes('goroutine ') && !block.includes('[running]')) return undefined
    const said = /^(?:panic|fatal error): ([^\n]+)/.exec(block)?.[1]
    if (said === undefined) return undefined
    const limit = /^test timed out after (\S+)/.exec(said)?.[1]
    const running = /\n\s*running tests:\n\s*(\S+)/.exec(block)?.[1]
    const frame = ownFrame(message)
    const shared = {
      locations: await locate(facts, frame),
      package: message.package,
      key: said,
      follows: ['test-failed'],
    }
    if (limit !== undefined) {
      return diagnosis({
        ...shared,
        confidence: 'likely',
        message: `${running ?? 'A test'} ran longer than the time limit of ${limit}: it waits for something that does not come, or needs more time here.`,
        fix: advice(
          'See in the stacks what it waits for; a test that is only slow gets a higher -timeout.',
          running === undefined
            ? []
            : [
                command(
                  'go',
                  'test',
                  '-run',
                  `^${running.split('/')[0] ?? running}$`,
                  '-timeout',
                  '30m',
                  '-v',
                  './...',
                ),
              ],
        ),
      })
    }
    return diagnosis({
      ...shared,
      confidence: 'likely',
      message: `The program crashed: ${clip(said.replace(/ \[recovered[^\]]*\]$/, ''), 300)}${frame === undefined ? '' : `; the first line that is not the library's own is ${frame.file}:${frame.line}`}.`,
      fix: advice(
        said.startsWith('all goroutines are asleep')
          ? 'Every goroutine waits: look in the stacks for a channel that nobody serves or a lock that is not released.'
          : 'Begin at that line of the stack; a crash in a dependency may be gone in a newer version of it.',
      ),
    })
  },
}

/** The first place of the stack outside the runtime and package testing. */
function ownFrame(message: Message): MessagePosition | undefined {
  for (const line of message.detail) {
    const [, file, row] = /^\s*(\S{1,1000}\.go):(\d{1,7})(?: \+0x[0-9a-f]{1,16})?$/.exec(line.slice(0, 1100)) ?? []
    if (file === undefined || row === undefined || /\/src\/(?:runtime|testing|internal|sync|time|flag)\//.test(file))
      continue
    return { file, line: Number(row) }
  }
  return undefined
}

export default rule
