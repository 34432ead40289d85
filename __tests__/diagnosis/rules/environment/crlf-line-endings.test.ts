import { describe, expect, test } from '@jest/globals'
import { explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `b.sh: line 1: cd: $'/x\\r': No such file or directory
b.sh: line 2: $'echo\\r': command not found`

describe('crlf-line-endings', () => {
  test('names the cause', async () => {
    expect(await explain(printed)).toMatchObject([
      {
        rule: 'crlf-line-endings',
        confidence: 'likely',
        message: expect.stringMatching(/saved with CRLF line endings/),
      },
    ])
  })

  test.each([
    `/usr/bin/env: ‘bash\\r’: No such file or directory`,
    `bash: ./run.sh: /bin/bash^M: bad interpreter: No such file or directory`,
    `bash: line 40: ./a.sh: cannot execute: required file not found`,
    `warning: in the working copy of 'go.mod', LF will be replaced by CRLF the next time Git touches it`,
    `warning: LF will be replaced by CRLF in go.sum.`,
  ])('knows it in other words: %s', async (text) => {
    expect(new Set(rulesOf(await explain(text)))).toEqual(new Set(['crlf-line-endings']))
  })

  test.each([`/usr/bin/env: ‘bash’: No such file or directory`])('is not about: %s', async (text) => {
    expect(rulesOf(await explain(text))).not.toContain('crlf-line-endings')
  })

  test('what git warns of is a warning', async () => {
    expect(
      await explain(
        "warning: in the working copy of 'go.sum', LF will be replaced by CRLF the next time Git touches it",
      ),
    ).toMatchObject([{ severity: 'warning', message: expect.stringMatching(/^git writes go\.sum with CRLF/) }])
  })
})
