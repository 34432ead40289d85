import { describe, expect, test } from '@jest/globals'
import { explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `go: -race requires cgo; enable cgo by setting CGO_ENABLED=1`

const other = `-buildmode=plugin requires external (cgo) linking, but cgo is not enabled`

describe('race-needs-cgo', () => {
  test('names the flag', async () => {
    expect(await explain(printed)).toMatchObject([
      {
        rule: 'race-needs-cgo',
        severity: 'error',
        confidence: 'certain',
        message: '-race needs cgo, and cgo is off.',
        fix: { commands: ['CGO_ENABLED=1 go test -race ./...'] },
        locations: [],
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['external-link-needs-cgo'])
  })
})
