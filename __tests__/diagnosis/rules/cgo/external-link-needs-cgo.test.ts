import { describe, expect, test } from '@jest/globals'
import { explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `android/amd64 requires external (cgo) linking, but cgo is not enabled`

const other = `go: -race requires cgo; enable cgo by setting CGO_ENABLED=1`

describe('external-link-needs-cgo', () => {
  test('names the port', async () => {
    expect(await explain(printed)).toMatchObject([
      {
        rule: 'external-link-needs-cgo',
        severity: 'error',
        confidence: 'certain',
        message: 'android/amd64 needs the linker of a C compiler, and cgo is off.',
        fix: { commands: ['CGO_ENABLED=1 go build ./...'] },
        locations: [],
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['race-needs-cgo'])
  })
})
