import { execFileSync } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'

import { compareBinary } from '../../src/binary/compare.ts'
import { inspectBinary } from '../../src/binary/inspect.ts'
import type { BinaryFacts } from '../../src/binary/types.ts'
import { createFiles } from '../../src/system/node/files.ts'
import { makeFolder, removeFolder } from '../helpers/folder.ts'

const files = createFiles()
const goVersion = execFileSync('go', ['env', 'GOVERSION'], { encoding: 'utf8' }).trim()

// Few ports: the first build of each compiles the runtime. Other formats are tested from literal headers.
const ports = ['linux/amd64', 'darwin/arm64', 'windows/amd64'] as const

describe('programs that the go command built', () => {
  let folder = ''
  const built = new Map<string, BinaryFacts>()
  const facts = (port: string): BinaryFacts => built.get(port)!

  beforeAll(async () => {
    folder = await makeFolder({
      'go.mod': 'module example.com/tiny\n\ngo 1.21\n',
      'main.go': 'package main\n\nfunc main() {}\n',
    })
    const cache = execFileSync('go', ['env', 'GOCACHE'], { encoding: 'utf8' }).trim()
    for (const port of ports) {
      const [GOOS, GOARCH] = port.split('/')
      const env = {
        PATH: process.env.PATH,
        HOME: folder,
        GOCACHE: cache,
        GOFLAGS: '-buildvcs=false',
        GOTOOLCHAIN: 'local',
        GOENV: 'off',
        CGO_ENABLED: '0',
        GOOS,
        GOARCH,
      }
      const args = ['build', '-trimpath', '-ldflags', '-s -w -X main.name=a=b', '-o', fileOf(port), '.']
      execFileSync('go', args, { cwd: folder, env, stdio: 'pipe' })
      built.set(port, await inspectBinary(files, fileOf(port)))
    }
  }, 240_000)

  afterAll(() => removeFolder(folder))

  const fileOf = (port: string): string => path.join(folder, port.replace('/', '-'))

  test.each(ports)('%s has build info', (port) => {
    const { problem, buildInfo } = facts(port)
    const [GOOS, GOARCH] = port.split('/')
    expect(problem).toBeUndefined()
    expect(buildInfo).toMatchObject({
      goVersion,
      path: 'example.com/tiny',
      main: { path: 'example.com/tiny', version: '(devel)' },
      settings: { GOOS, GOARCH, CGO_ENABLED: '0', '-trimpath': 'true', '-buildmode': 'exe' },
    })
  })

  test('headers', () => {
    expect(facts('linux/amd64')).toMatchObject({
      format: 'elf',
      kind: 'executable',
      bits: 64,
      endian: 'little',
      goarch: 'amd64',
      osAbi: 0,
      linkage: 'static',
      libraries: [],
    })
    expect(facts('darwin/arm64')).toMatchObject({
      format: 'mach-o',
      kind: 'executable',
      goarch: 'arm64',
      systems: ['darwin'],
      linkage: 'dynamic',
      interpreter: '/usr/lib/dyld',
      libraries: ['/usr/lib/libSystem.B.dylib'],
      minimumSystem: expect.stringMatching(/^\d+\.\d+$/),
      signed: true,
    })
    expect(facts('windows/amd64')).toMatchObject({
      format: 'pe',
      kind: 'executable',
      goarch: 'amd64',
      systems: ['windows'],
      linkage: 'dynamic',
      libraries: ['kernel32.dll'],
      minimumSystem: expect.stringMatching(/^\d+\.\d+$/),
      signed: false,
    })
  })

  test('each fits its own target and no other', () => {
    for (const port of ports) {
      for (const other of ports) {
        const [goos = '', goarch = ''] = other.split('/')
        const mismatches = compareBinary(facts(port), { goos, goarch }, { cgo: false, trimpath: true })
        expect([port, other, mismatches.length > 0]).toEqual([port, other, port !== other])
      }
    }
  })

  test.each([
    [{ goos: 'linux', goarch: 'arm64' }, {}, 'Its header says amd64, and linux/arm64 needs arm64.'],
    [{ goos: 'freebsd', goarch: 'amd64' }, {}, 'Its header has the OS ABI 0, and freebsd/amd64 needs 9.'],
    [{ goos: 'linux', goarch: 'amd64' }, { cgo: true }, /says CGO_ENABLED=0.*CGO_ENABLED=1/],
    [{ goos: 'linux', goarch: 'amd64', level: 'v3' }, {}, /says GOAMD64=v1.*GOAMD64=v3/],
    [{ goos: 'android', goarch: 'amd64' }, {}, /says GOOS=linux.*GOOS=android/],
  ])('linux/amd64 for %j with %j', (target, wants, sentence) => {
    expect(compareBinary(facts('linux/amd64'), target, wants)).toContainEqual(expect.stringMatching(sentence))
  })

  test.each(ports)('%s cut short or changed anywhere gives a result, soon', async (port) => {
    const content = await readFile(fileOf(port))
    const file = path.join(folder, 'hostile')
    let state = 12345
    const random = (below: number): number => {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0
      return Math.floor((state / 2 ** 32) * below)
    }
    for (let round = 0; round < 150; round++) {
      const changed = Buffer.from(content.subarray(0, round % 3 === 0 ? random(8192) : content.length))
      // The headers are at the start; the ends of their fields are where sizes and offsets become large.
      for (let i = 0; i < 8 && changed.length > 0; i++) {
        changed[random(Math.min(changed.length, 2048))] = [0, 1, 0x7f, 0x80, 0xff][random(5)] ?? 0
      }
      await writeFile(file, changed)
      const found = await inspectBinary(files, file)
      expect(found.bytes).toBe(changed.length)
      expect(found.libraries.length).toBeLessThan(257)
      compareBinary(found, { goos: 'linux', goarch: 'amd64' })
    }
  })
})
