import { describe, expect, test } from '@jest/globals'
import { explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `go: error obtaining buildID for go tool compile: pipe2: too many open files`

describe('too-many-open-files', () => {
  test('names the cause', async () => {
    expect(await explain(printed)).toMatchObject([
      {
        rule: 'too-many-open-files',
        confidence: 'certain',
        message: expect.stringMatching(/of the process is reached/),
      },
    ])
  })

  test.each([
    `# bootstrap/cmd/compile/internal/ssa
src/bootstrap/cmd/compile/internal/ssa/decompose.go:0:0: open src/bootstrap/cmd/compile/internal/ssa/decompose.go: too many open files`,
    `open /src/app/main.go: too many open files in system`,
  ])('knows it in other words: %s', async (text) => {
    expect(new Set(rulesOf(await explain(text)))).toEqual(new Set(['too-many-open-files']))
  })

  test.each([`write /tmp/x: no space left on device`])('is not about: %s', async (text) => {
    expect(rulesOf(await explain(text))).not.toContain('too-many-open-files')
  })
})
