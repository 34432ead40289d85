import { describe, expect, test } from '@jest/globals'
import { explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `example.com/app: exec: "swig": executable file not found in $PATH`

const other = `# runtime/cgo
cgo: C compiler "no-such-gcc" not found: exec: "no-such-gcc": executable file not found in $PATH`

describe('swig-missing', () => {
  test('names the package', async () => {
    expect(await explain(printed)).toMatchObject([
      {
        rule: 'swig-missing',
        severity: 'error',
        confidence: 'certain',
        message: 'example.com/app holds SWIG files, and swig is not installed here.',
        fix: { commands: ['apt-get install -y swig  # Debian, Ubuntu', 'apk add swig  # Alpine'] },
        locations: [],
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['c-compiler-missing'])
  })
})
