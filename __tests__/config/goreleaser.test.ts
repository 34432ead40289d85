import { symlink } from 'node:fs/promises'
import path from 'node:path'

import { describe, expect, test } from '@jest/globals'

import { parseReleaseConfig, readReleaseConfig, type ReleaseConfig } from '../../src/config/goreleaser.ts'
import { formatTarget } from '../../src/domain/port.ts'
import { makeFolder } from '../helpers/folder.ts'
import { testSystem } from '../helpers/probe-context.ts'

const { files } = testSystem()

function targets(config: ReleaseConfig | undefined): readonly string[] {
  return (config?.builds ?? []).flatMap((build) => build.targets.map(formatTarget)).sort()
}

const read = (text: string): ReleaseConfig => parseReleaseConfig(text, '.goreleaser.yaml', '.')
const defaults = [
  'darwin/386',
  'darwin/amd64',
  'darwin/arm64',
  'linux/386',
  'linux/amd64',
  'linux/arm64',
  'windows/386',
  'windows/amd64',
  'windows/arm64',
]

describe('parseReleaseConfig', () => {
  test.each([
    ['an empty file', ''],
    ['no builds', 'project_name: x\n'],
    ['an empty list of builds', 'builds: []\n'],
    ['a build that says nothing of ports', 'builds:\n  - env: [CGO_ENABLED=0]\n'],
  ])('%s has the defaults of goreleaser', (_, text) => {
    expect(targets(read(text))).toEqual(defaults)
  })

  test('all combinations, without those to ignore', () => {
    const config = read(`
version: 2
builds:
  - main: ./cmd/x
    goos: [linux, windows]
    goarch:
      - 386
      - amd64
      - arm
      - arm64
    goarm: [6, 7]
    goamd64: v3
    ignore:
      - goos: windows
        goarch: arm
      - { goos: linux, goarch: arm, goarm: 7 }
      - goarch: 386
`)
    expect(config.notes).toEqual([])
    expect(config.builds).toHaveLength(1)
    expect(config.builds[0]?.dir).toBe('cmd/x')
    expect(targets(config)).toEqual([
      'linux/amd64/v3',
      'linux/arm/6',
      'linux/arm64',
      'windows/amd64/v3',
      'windows/arm64',
    ])
  })

  test('a default level can be ignored too', () => {
    expect(targets(read('builds: [{ goos: linux, goarch: [amd64, mips64le], ignore: [{ goamd64: v1 }] }]'))).toEqual([
      'linux/mips64le',
    ])
    expect(targets(read('builds: [{ goos: linux, goarch: mips, gomips: [softfloat, hardfloat] }]'))).toEqual([
      'linux/mips/hardfloat',
      'linux/mips/softfloat',
    ])
  })

  test('targets take the place of everything else', () => {
    const config = read(
      'builds: [{ goos: [plan9], targets: [linux_amd64_v1, linux_arm_6, darwin_arm64, go_first_class, nonsense] }]',
    )
    expect(targets(config)).toEqual(['darwin/arm64', 'linux/amd64/v1', 'linux/arm/6'])
    expect(config.builds[0]?.firstClass).toBe(true)
    expect(config.notes).toEqual(['.goreleaser.yaml: "nonsense" is no target and is left out.'])
  })

  test('builds that are skipped or made by something else name nothing', () => {
    expect(
      targets(read('builds: [{ skip: true }, { builder: rust }, { builder: go, goos: linux, goarch: s390x }]')),
    ).toEqual(['linux/s390x'])
  })

  test('anchors and merges, as such files have them', () => {
    const config = read(`
builds:
  - &first
    id: a
    goos: [linux]
    goarch: &archs [amd64, arm64]
  - <<: *first
    id: b
    goos: [windows]
  - <<: [{ goos: [aix] }, { goos: [plan9] }]
    goarch: *archs
`)
    expect(config.builds.map(({ targets: list }) => list.map(formatTarget))).toEqual([
      ['linux/amd64', 'linux/arm64'],
      ['windows/amd64', 'windows/arm64'],
      ['aix/amd64', 'aix/arm64'],
    ])
  })

  test('templates are left out, and not taken for the defaults', () => {
    const config = read(
      `builds:\n  - goos: ['{{ .Env.OS }}']\n  - goos: [linux, "{{ .X }}"]\n    goarch: [amd64]\n    dir: "{{ .Dir }}"\n`,
    )
    expect(targets(config)).toEqual(['linux/amd64'])
    expect(config.builds[1]?.dir).toBe('.')
    expect(config.notes[0]).toBe(
      '.goreleaser.yaml: goos has a template, which only goreleaser can fill in; it is left out.',
    )
  })

  test('the folder of the package that is built', () => {
    const dirs = (text: string, dir = '.'): readonly string[] =>
      parseReleaseConfig(text, 'x.yml', dir).builds.map((build) => build.dir)
    expect(dirs('builds: [{ dir: sub, main: ./cmd/x/main.go }, { main: main.go }, { dir: ./sub/ }]')).toEqual([
      'sub/cmd/x',
      '.',
      'sub',
    ])
    expect(dirs('builds: [{}]', 'service')).toEqual(['service'])
  })

  test.each([
    ['no YAML', 'builds: [\n'],
    ['a list', '- a\n'],
    [
      'endless aliases',
      `a: &a [x, x]\n${Array.from({ length: 40 }, (_, i) => `b${i}: &b${i} [*${i === 0 ? 'a' : `b${i - 1}`}, *${i === 0 ? 'a' : `b${i - 1}`}]`).join('\n')}\n`,
    ],
    ['an alias of itself', 'builds: &a [*a, { <<: *a }]\n'],
    ['brackets without end', '['.repeat(100_000)],
    ['values of another kind', 'builds:\n  - [a]\n  - goos: { linux: x }\n    ignore: { a: b }\n  - 5\n  -\n'],
  ])('%s does no harm', (_, text) => {
    const config = read(text)
    expect(config.path).toBe('.goreleaser.yaml')
  })
})

describe('readReleaseConfig', () => {
  test('takes the first of the files that goreleaser looks for', async () => {
    const one = 'builds: [{ goos: aix, goarch: ppc64 }]'
    const other = 'builds: [{ goos: plan9, goarch: "386" }]'
    const root = await makeFolder({ '.goreleaser.yaml': other, 'goreleaser.yml': other, 'sub/.goreleaser.yml': one })
    expect(targets(await readReleaseConfig(files, root, '.'))).toEqual(['plan9/386'])
    expect(await readReleaseConfig(files, root, 'sub')).toMatchObject({
      path: 'sub/.goreleaser.yml',
      builds: [{ dir: 'sub' }],
    })
    expect(await readReleaseConfig(files, root, 'none')).toBeUndefined()
    const config = await makeFolder({ '.config/goreleaser.yaml': one, '.goreleaser.yml': other })
    expect(await readReleaseConfig(files, config, '.')).toMatchObject({
      path: '.config/goreleaser.yaml',
      builds: [{ dir: '.' }],
    })
  })

  test('does not follow a link out of the repository', async () => {
    const outside = await makeFolder({ x: 'builds: [{ goos: aix }]' })
    const root = await makeFolder({ 'go.mod': '' })
    await symlink(path.join(outside, 'x'), path.join(root, '.goreleaser.yml'))
    expect(await readReleaseConfig(files, root, '.')).toEqual({
      path: '.goreleaser.yml',
      builds: [],
      notes: ['.goreleaser.yml is a link to a file outside the repository; it names no ports.'],
    })
  })
})
