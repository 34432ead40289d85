import { describe, expect, test } from '@jest/globals'
import { explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `fork/exec /tmp/go-build2886434404/b052/app.test: text file busy
FAIL	example.com/app	0.001s`

describe('text-file-busy', () => {
  test('calls it a race of the machine', async () => {
    expect(await explain(printed)).toMatchObject([
      {
        rule: 'text-file-busy',
        confidence: 'likely',
        message:
          '/tmp/go-build2886434404/b052/app.test was started while it was still open for writing: a race on this machine, not a fault of the code.',
      },
    ])
  })

  test('leaves a forbidden start to its own rule', async () => {
    expect(rulesOf(await explain(printed.replace('text file busy', 'permission denied')))).toEqual(['tmp-noexec'])
  })
})
