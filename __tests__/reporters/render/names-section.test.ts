import { describe, expect, test } from '@jest/globals'

import type { Report, ReportTarget } from '../../../src/domain/report.ts'
import { namesSection } from '../../../src/reporters/render/names-section.ts'

const row = (target: string, more: Partial<ReportTarget>): ReportTarget => ({
  module: '.',
  target,
  port: target,
  cgo: false,
  build: 'pass',
  types: 'none',
  seconds: 1,
  errors: [],
  ...more,
})
const go = { kind: 'go', confirmed: true } as const
const libc = { kind: 'go-or-libc', confirmed: false } as const
const report = (targets: readonly ReportTarget[]): Report => ({
  schemaVersion: 1,
  gopreflight: '0.1.0',
  verdict: 'pass',
  toolchain: { version: 'go1.26.8', source: 'path', verified: 'not downloaded' },
  modules: [{ dir: '.', path: 'example.com/m' }],
  probes: [],
  targets,
  findings: [],
  seconds: 1,
  notes: [],
})

describe('namesSection', () => {
  test('groups the targets that look up in the same way', () => {
    const text = namesSection(
      report([
        row('linux/amd64', { resolver: libc }),
        row('linux/arm64', { resolver: go }),
        row('linux/386', { resolver: go }),
        row('js/wasm', {}),
      ]),
      20,
    )
    expect(text).toContain('Who looks up hosts and users')
    expect(text).toMatch(/\| `linux\/arm64` `linux\/386` \| Go's own resolver \|.*\| yes \|/)
    expect(text).toMatch(/\| `linux\/amd64` \| Go's own resolver, and libc's .* \|  \|  \|/)
    expect(text).not.toContain('js/wasm')
  })

  test('says nothing where all look up alike, or none does', () => {
    expect(namesSection(report([row('linux/amd64', { resolver: go }), row('linux/386', { resolver: go })]), 20)).toBe(
      '',
    )
    expect(namesSection(report([row('linux/amd64', {})]), 20)).toBe('')
  })

  test('a long list is cut', () => {
    const many = Array.from({ length: 5 }, (_, i) => row(`linux/a${i}`, { resolver: go }))
    expect(namesSection(report([...many, row('linux/z', { resolver: libc })]), 2)).toContain('and 3 more')
  })
})
