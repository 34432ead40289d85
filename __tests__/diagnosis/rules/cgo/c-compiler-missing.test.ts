import { describe, expect, test } from '@jest/globals'
import { explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `# runtime/cgo
cgo: C compiler "no-such-gcc" not found: exec: "no-such-gcc": executable file not found in $PATH`

const other = `example.com/app: exec: "swig": executable file not found in $PATH`

describe('c-compiler-missing', () => {
  test('names the compiler', async () => {
    expect(await explain(printed)).toMatchObject([
      {
        rule: 'c-compiler-missing',
        severity: 'error',
        confidence: 'certain',
        message: 'cgo is on, and its C compiler no-such-gcc is not installed here.',
        fix: { commands: ['CGO_ENABLED=0 go build ./...'] },
        locations: [],
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['swig-missing'])
  })
})
