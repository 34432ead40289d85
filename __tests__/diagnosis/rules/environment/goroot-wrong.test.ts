import { describe, expect, test } from '@jest/globals'
import { explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `# internal/goarch
compile: version "go1.21.13" does not match go tool version "go1.26.8"
# internal/coverage/rtcov
compile: version "go1.21.13" does not match go tool version "go1.26.8"
# internal/cpu
compile: version "go1.21.13" does not match go tool version "go1.26.8"`

const other = `go: go.mod requires go >= 1.99 (running go 1.26.8; GOTOOLCHAIN=local)`

describe('goroot-wrong', () => {
  test('folds to one finding and names both versions', async () => {
    expect(await explain(printed)).toMatchObject([
      {
        rule: 'goroot-wrong',
        severity: 'error',
        confidence: 'certain',
        message: 'The go command is go1.26.8 and its compiler go1.21.13: two versions of Go are mixed.',
        fix: { commands: ['unset GOROOT', 'go env GOROOT', 'command -v -a go'] },
        locations: [],
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['go-too-old'])
  })
})
