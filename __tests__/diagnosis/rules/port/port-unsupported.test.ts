import { describe, expect, test } from '@jest/globals'
import { explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `go: unsupported GOOS/GOARCH pair macos/amd64`

const other = `android/amd64 requires external (cgo) linking, but cgo is not enabled`

describe('port-unsupported', () => {
  test('gives Go’s own name', async () => {
    expect(await explain(printed)).toMatchObject([
      {
        rule: 'port-unsupported',
        severity: 'error',
        confidence: 'certain',
        message: 'This Go cannot build for macos/amd64; Go calls it darwin/amd64.',
        fix: { commands: ['GOOS=darwin GOARCH=amd64 go build ./...'] },
        locations: [],
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['external-link-needs-cgo'])
  })
})
