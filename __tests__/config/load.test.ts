import { describe, expect, test } from '@jest/globals'

import { ConfigurationError } from '../../src/config/error.ts'
import { inputs } from '../../src/config/inputs.ts'
import { loadInputs } from '../../src/config/load.ts'
import type { Settings } from '../../src/config/settings.ts'

function load(values: Readonly<Record<string, string>> = {}, entry: 'action' | 'cli' = 'action'): Settings {
  return loadInputs({
    entry,
    value: (name) => values[name] ?? '',
    probes: ['verify', 'build', 'binary'],
    rules: ['sum-mismatch', 'untidy'],
  })
}

function problems(values: Readonly<Record<string, string>>): readonly string[] {
  try {
    load(values)
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems
    throw error
  }
  return []
}

describe('loadInputs', () => {
  test('no inputs at all is a good run', () => {
    expect(load()).toMatchObject({
      cache: 'true',
      packages: ['./...'],
      targets: [{ kind: 'group', group: 'host' }],
      probes: new Set(['verify', 'build', 'binary']),
      failOn: 'error',
      summary: 'always',
      annotations: true,
      trimpath: false,
      timeoutSeconds: 1200,
      leg: 0,
      go: { gotoolchain: 'local', checkLatest: false },
      warnings: [],
    })
    expect(load().cgo).toBeUndefined()
  })

  test('proves nothing unless asked, and only what there is', () => {
    expect(load().prove).toEqual(new Set())
    expect(load({ prove: 'ports' }).prove).toEqual(new Set(['ports']))
    expect(load({ prove: 'none' }).prove).toEqual(new Set())
    expect(problems({ prove: 'everything' })).toEqual([
      'prove: there is nothing called "everything" to prove; ports is what there is',
    ])
  })

  test('the command line never uses the cache service', () => {
    expect(load({}, 'cli').cache).toBe('false')
  })

  test('reads lists by spaces, commas and lines, each value once', () => {
    const settings = load({
      targets: 'linux/amd64, linux/arm/6\nlinux/amd64/v3 linux/arm/7,softfloat linux/amd64',
      packages: './cmd/... ./cmd/...',
      tags: 'netgo,osusergo',
      disable: 'untidy',
      'working-directory': 'a\nservices/*, b',
      cgo: '0',
      leg: '3',
    })
    expect(settings.targets).toEqual([
      { kind: 'target', target: { goos: 'linux', goarch: 'amd64' } },
      { kind: 'target', target: { goos: 'linux', goarch: 'arm', level: '6' } },
      { kind: 'target', target: { goos: 'linux', goarch: 'amd64', level: 'v3' } },
      { kind: 'target', target: { goos: 'linux', goarch: 'arm', level: '7,softfloat' } },
    ])
    expect(settings).toMatchObject({
      packages: ['./cmd/...'],
      tags: ['netgo', 'osusergo'],
      workingDirectories: ['a', 'services/*', 'b'],
      cgo: false,
      leg: 3,
    })
    expect([...settings.disabledRules]).toEqual(['untidy'])
  })

  test('probes: none is set-up only', () => {
    expect(load({ probes: 'none' }).probes.size).toBe(0)
    expect([...load({ probes: 'verify' }).probes]).toEqual(['verify'])
  })

  test('a probe on demand runs when it is named, beside all or alone', () => {
    const probes = (words: string): readonly string[] => {
      const value = (name: string): string => (name === 'probes' ? words : '')
      const known = ['build', 'tags', 'verify']
      return [...loadInputs({ entry: 'cli', value, probes: known, probesOnDemand: ['tags'], rules: [] }).probes]
    }
    expect(probes('')).toEqual(['build', 'verify'])
    expect(probes('all')).toEqual(['build', 'verify'])
    expect(probes('all tags')).toEqual(['build', 'tags', 'verify'])
    expect(probes('tags')).toEqual(['tags'])
  })

  test('go-version wins over go-version-file, as in setup-go, and says so', () => {
    const settings = load({ 'go-version': '1.26', 'go-version-file': 'go.mod' })
    expect(settings.go).toMatchObject({ version: '1.26' })
    expect(settings.go.versionFile).toBeUndefined()
    expect(settings.warnings).toEqual(['Both go-version and go-version-file are given; go-version is used.'])
  })

  test('lists every problem at once', () => {
    const found = problems({
      targets: 'linux-amd64 linux/amd64/v5 linux/s390x/v2 linux/arm/8',
      probes: 'none verify lint',
      disable: 'nonsense',
      'fail-on': 'always',
      cache: 'sometimes',
      timeout: '15',
      trimpath: 'maybe',
      packages: '-toolexec=evil',
      tags: 'a;b',
      gotoolchain: 'newest',
      leg: 'first',
      'go-download-base-url': 'ftp://x',
    })
    expect(found).toHaveLength(16)
    expect(found.join('\n')).toMatch(/linux\/amd64\/v5.*GOAMD64 level \(v1 to v4\)/)
    expect(found.join('\n')).toMatch(/s390x has no levels/)
    expect(found.join('\n')).toMatch(/GOARM level \(5, 6 or 7/)
    expect(found.join('\n')).toMatch(/no probe "lint"; there are verify, build, binary/)
    expect(found.join('\n')).toMatch(/-toolexec=evil" looks like a flag/)
  })

  test('binary without build has nothing to look at', () => {
    expect(problems({ probes: 'binary' })).toEqual([expect.stringContaining('add build')])
  })

  test.each([
    ['90s', 90],
    ['1h30m', 5400],
    ['2.5m', 150],
  ])('timeout %s', (text, seconds) => {
    expect(load({ timeout: text }).timeoutSeconds).toBe(seconds)
  })

  test('every input of the table is read: a wrong value of each kind is refused', () => {
    for (const input of inputs.filter((one) => one.kind === 'boolean' || one.kind === 'choice')) {
      expect(problems({ [input.name]: 'bogus' })).toHaveLength(1)
    }
  })
})
