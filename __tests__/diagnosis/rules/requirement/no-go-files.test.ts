import { describe, expect, test } from '@jest/globals'
import { explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `no Go files in /src/app`

const other = `found packages a (a.go) and b (b.go) in /src/app`

describe('no-go-files', () => {
  test('names the folder', async () => {
    expect(await explain(printed)).toMatchObject([
      {
        rule: 'no-go-files',
        severity: 'error',
        confidence: 'certain',
        message: '/src/app holds no Go file.',
        fix: { commands: ["go list -f '{{.Name}} {{.ImportPath}}' ./..."] },
        locations: [],
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['two-packages-in-directory'])
  })
})
