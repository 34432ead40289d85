import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { plain } from '../../rule-helpers/text.ts'

const rule: Rule = {
  id: 'cpu-level',
  area: 'port',
  title: 'The processor lacks instructions that the program was built for',
  what: 'A program built for a higher level of its architecture (GOAMD64=v2 to v4, GOARM=7, GOARM64 with lse) starts on a processor that has not got it, and says so and ends.',
  why: 'The level was raised for speed, and the machine is older or a virtual processor hides what it can.',
  fix: 'Build for a lower level, or give the virtual machine the processor of its host.',
  classes: ['X14'],
  example: 'This program can only be run on AMD64 processors with v3 microarchitecture support.',
  markers: ['This program can only', 'this CPU has no '],
  message: (message) => {
    const block = plain(message)
    const amd = /This program can only be run on AMD64 processors with (v[234]) microarchitecture support/.exec(
      block,
    )?.[1]
    const lse = block.includes('This program can only run on ARM64 processors with LSE support')
    const arm = /this CPU has no (VFPv?\d?|floating point|[^\n,]{1,60})/.exec(block)?.[1]
    const old = block.includes('This program can only be run on processors with MMX support')
    if (amd === undefined && !lse && arm === undefined && !old) return undefined
    const [what, todo] =
      amd !== undefined
        ? [
            `It was built with GOAMD64=${amd}`,
            `Build with GOAMD64=${amd === 'v2' ? 'v1' : `v${Number(amd.slice(1)) - 1}`} or lower (v1 runs on every amd64 processor).`,
          ]
        : lse
          ? ['It was built with GOARM64=…,lse', 'Build with GOARM64=v8.0.']
          : arm !== undefined
            ? [
                'It was built for a hard-float level of GOARM',
                'Build with a lower GOARM (6 or 5), or add ,softfloat (Go 1.22 and later).',
              ]
            : ['It was built for a processor with SSE', 'Build with GO386=softfloat.']
    return diagnosis({
      message: `${what}, and the processor it runs on has not got that.`,
      fix: advice(`${todo} A virtual machine may only hide what the host has: give it the host's processor.`),
      key: amd ?? (lse ? 'lse' : 'arm'),
    })
  },
}

export default rule
