import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { linesOf, plain } from '../../rule-helpers/text.ts'
import { locate } from '../../rule-helpers/where.ts'

const rule: Rule = {
  id: 'unaligned-atomic',
  area: 'port',
  title: 'A 64-bit atomic operation on a value that is not aligned',
  what: 'On 386, arm and mips a 64-bit atomic operation panics when its value does not lie at a multiple of 8 bytes, and a field in the middle of a struct often does not.',
  why: 'The compiler aligns int64 fields to 4 bytes on 32-bit machines.',
  fix: 'Use atomic.Int64 or atomic.Uint64 (Go 1.19 and later), which are always aligned; or put the field first in the struct.',
  classes: ['X13'],
  example: `panic: unaligned 64-bit atomic operation

goroutine 1 [running]:
internal/runtime/atomic.panicUnaligned()
	/usr/local/go/src/internal/runtime/atomic/unaligned.go:8 +0x2d
internal/runtime/atomic.Xadd64(0x8884004, 0x1)
	/usr/local/go/src/internal/runtime/atomic/atomic_386.s:127 +0x11
main.main()
	/src/app/main.go:7 +0x4f`,
  markers: ['unaligned 64-bit atomic operation'],
  message: async (message, { facts }) => {
    const block = plain(message)
    if (!block.includes('unaligned 64-bit atomic operation')) return undefined
    const frame = linesOf(block)
      .map((line) => /^([^\s]+\.go):(\d+)(?: \+0x[0-9a-f]+)?/.exec(line))
      .find((found) => found !== null && !/(?:runtime\/internal|internal\/runtime|sync)\/atomic\//.test(found[1] ?? ''))
    const [, file, line] = frame ?? []
    return diagnosis({
      message: `A 64-bit atomic operation${file === undefined ? '' : ` at ${file.split('/').slice(-2).join('/')}:${line ?? ''}`} works on a value that is not aligned to 8 bytes, as 32-bit machines need it.`,
      fix: advice('Make the field an atomic.Int64 or atomic.Uint64; below Go 1.19 put it first in its struct.'),
      locations: file === undefined ? [] : await locate(facts, { file, line: Number(line) }),
      key: file ?? 'atomic',
    })
  },
}

export default rule
