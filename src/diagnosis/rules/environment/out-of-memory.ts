import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { plain } from '../../rule-helpers/text.ts'

const rule: Rule = {
  id: 'out-of-memory',
  area: 'environment',
  title: 'A compiler or linker was killed, most likely for lack of memory',
  what: 'A tool of the build, or the program itself, was ended from outside with SIGKILL.',
  why: 'The kernel or the container ends the largest process when memory runs out; linking and compiling large packages takes much. A cancelled job looks the same.',
  fix: 'Give the job more memory, or let it do less at once (`-p 1`).',
  classes: ['D02'],
  example: 'go: error obtaining buildID for go tool compile: signal: killed',
  markers: ['signal: killed', 'cannot allocate memory', 'out of memory', 'Killed'],
  message: (message, { command: run }) => {
    const block = plain(message)
    const killed = block.includes('signal: killed')
    const memory =
      /cannot allocate memory|runtime: out of memory|fatal error: out of memory|virtual memory exhausted|ld: (?:final link failed: )?memory exhausted/.test(
        block,
      )
    const bare = /^Killed$/.test(block) && message.printer === 'system'
    if (!killed && !memory && !bare) return undefined
    if (run.timedOut) return 'consequence'
    const tool =
      /(?:[\\/]|\b)(compile|link|asm|cgo|vet|6l|8l|cc1(?:plus)?|collect2|ld)(?:\.exe)?(?::|\s)/.exec(block)?.[1] ??
      /go tool ([a-z]+):/.exec(block)?.[1]
    return diagnosis({
      confidence: memory ? 'certain' : 'likely',
      message: `${tool === undefined ? 'A process' : `The Go tool ${tool}`}${message.package === undefined ? '' : ` was at work on ${message.package} and`} ${memory ? 'found no memory left' : 'was killed; most likely memory ran out, or the job was cancelled'}.`,
      fix: advice(
        'Give the machine or container more memory, or let the build do less at once; a lower GOGC makes compiler and linker need less.',
        ['GOGC=50 go build -p 1 ./...', 'dmesg | grep -i oom'],
      ),
      package: message.package,
      key: 'memory',
    })
  },
}

export default rule
