import { describe, expect, test } from '@jest/globals'

import type { NameServicesObservation } from '../../../../src/domain/observation.ts'
import { observe } from '../../../helpers/rule-case.ts'

type Row = NameServicesObservation['targets'][number]

const row = (goos: string, goarch: string, more: Partial<Row>): Row => ({
  target: { goos, goarch },
  cgo: false,
  reason: 'cross',
  ...more,
})
const host = row('linux', 'amd64', { cgo: true, reason: 'compiler', resolver: 'go-or-libc', users: 'libc' })
const cross = row('linux', 'arm64', { resolver: 'go', users: 'files' })
const mac = row('darwin', 'arm64', { resolver: 'system', users: 'system' })

const seen = (targets: readonly Row[], target = targets[0]?.target): NameServicesObservation => ({
  kind: 'name-services',
  probe: 'cgo',
  module: '.',
  ...(target === undefined ? {} : { target }),
  targets,
  importedAt: { file: 'main.go', line: 5 },
})

describe('resolver-differs', () => {
  test('names both ways, why, and where', async () => {
    expect(await observe(seen([host, cross, mac]))).toMatchObject([
      {
        rule: 'resolver-differs',
        severity: 'notice',
        message:
          "Hosts are looked up by Go's own resolver, and libc's where nsswitch.conf or resolv.conf ask for more on linux/amd64; Go's own resolver on linux/arm64. Users come from libc's user database (NSS) on linux/amd64; /etc/passwd alone on linux/arm64. cgo is on for linux/amd64 and off for linux/arm64, as by default for cross builds.",
        locations: [{ file: 'main.go', line: 5 }],
        targets: ['linux/amd64'],
        fix: { commands: ['CGO_ENABLED=0 go build ./...', 'go build -tags netgo,osusergo ./...'] },
      },
    ])
  })

  test('names the tag of what differs alone', async () => {
    const [finding] = await observe(
      seen([row('linux', 'amd64', { users: 'libc' }), row('linux', 'arm64', { users: 'files' })]),
    )
    expect(finding?.fix.commands).toContain('go build -tags osusergo ./...')
    expect(finding?.message).not.toContain('Hosts')
  })

  test('systems that have one way each are no difference', async () => {
    const windows = row('windows', 'amd64', { resolver: 'system', users: 'system' })
    expect(await observe(seen([cross, mac, windows, row('js', 'wasm', { resolver: 'none', users: 'files' })]))).toEqual(
      [],
    )
    expect(await observe(seen([cross, row('freebsd', 'amd64', { resolver: 'go', users: 'files' })]))).toEqual([])
    expect(await observe(seen([host, cross, mac], mac.target))).toEqual([])
    expect(await observe(seen([host, row('linux', 'arm64', {})]))).toEqual([])
  })
})
