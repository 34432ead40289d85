import { describe, expect, test } from '@jest/globals'
import { explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `go: warning: "./..." matched no packages
no packages to vet`

const other = `no Go files in /src/app`

describe('matched-no-packages', () => {
  test('names the causes that remain', async () => {
    expect(await explain(printed)).toMatchObject([
      {
        rule: 'matched-no-packages',
        severity: 'error',
        confidence: 'likely',
        message:
          './... matches no package: nothing was built. Likeliest first: the command runs in the wrong folder; every file is left out by its build constraint; CGO_ENABLED=0 leaves out files with import "C".',
        fix: {
          commands: ["CGO_ENABLED=1 go list -e -f '{{.ImportPath}} {{.GoFiles}} ignored: {{.IgnoredGoFiles}}' ./..."],
        },
        locations: [],
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['no-go-files'])
  })
})
