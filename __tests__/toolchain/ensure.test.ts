import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

import { hashZip } from '../../src/modules/dirhash.ts'
import { createNodeSystem } from '../../src/system/node/system.ts'
import type { System } from '../../src/system/types.ts'
import { distribution, toolName } from '../../src/toolchain/distribution.ts'
import { ensureToolchain, type ToolchainRequest } from '../../src/toolchain/ensure.ts'
import type { ToolchainWant } from '../../src/toolchain/requirement.ts'
import { parseVersionSpec } from '../../src/toolchain/version-spec.ts'
import { listed, makeReleaseTar, makeToolchainZip, sha256, writeGoroot } from '../helpers/fake-toolchain.ts'
import { makeZip } from '../helpers/make-zip.ts'
import { serve, type LocalServer, type Reply } from '../helpers/serve.ts'
import { makeLog, recordFor, type TransparencyLog } from '../helpers/transparency-log.ts'

const version = '1.25.4'
const archive = makeReleaseTar(version)
const file = `go${version}.linux-amd64.tar.gz`
const named = `golang.org/toolchain@v0.0.1-go${version}.linux-amd64`
const zipPath = `golang.org/toolchain/@v/v0.0.1-go${version}.linux-amd64.zip`
const listPath = 'golang.org/toolchain/@v/list'
const zip = makeToolchainZip(version, named)

let log: TransparencyLog
let root = ''
let bin = ''
let said: string[] = []
let open: LocalServer[] = []

beforeAll(async () => {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'ensure-zip-'))
  writeFileSync(path.join(dir, 'x.zip'), zip)
  const hash = await hashZip(createNodeSystem({ env: {} }).files, path.join(dir, 'x.zip'))
  rmSync(dir, { recursive: true })
  const [modulePath = '', moduleVersion = ''] = named.split('@')
  log = makeLog(['a\n', recordFor(modulePath, moduleVersion, hash), 'b\n'], { [named]: 1 })
})
beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'ensure-test-'))
  bin = path.join(root, 'bin')
  mkdirSync(bin)
  said = []
})
afterEach(async () => {
  for (const server of open) await server.close()
  open = []
  rmSync(root, { recursive: true, force: true })
})
afterAll(() => expect(open).toEqual([]))

const start = async (answer: (asked: string) => Reply): Promise<LocalServer> => {
  const server = await serve(answer)
  open.push(server)
  return server
}
const mirror = (reply: Reply = archive, list: readonly object[] = [listed(version, archive)]) =>
  start((asked) => (asked === '?mode=json&include=all' ? JSON.stringify(list) : asked === file ? reply : undefined))
const nowhere = () => start(() => 404)
const proxy = (content: Reply = zip, database: (asked: string) => Reply = log.serve) =>
  start((asked) => {
    if (asked === zipPath) return content
    if (asked === listPath)
      return `v0.0.1-go${version}.linux-amd64\nv0.0.1-go1.99.0.windows-amd64\nv0.0.1-go1.24.0.linux-amd64\n`
    if (asked === 'sumdb/sum.example/supported') return ''
    return asked.startsWith('sumdb/sum.example/') ? database(asked.replace('sumdb/sum.example/', '')) : undefined
  })

const machine = (env: Readonly<Record<string, string>> = {}): System => {
  const system = createNodeSystem({ env: { PATH: `${bin}:/usr/bin:/bin`, GOENV: 'off', ...env } })
  return {
    ...system,
    host: { ...system.host, platform: 'linux', arch: 'x64' },
    clock: { ...system.clock, sleep: async () => undefined },
    log: { ...system.log, info: (text) => void said.push(text), warning: (text) => void said.push(text) },
  }
}
const want = (text: string): ToolchainWant => ({
  kind: 'spec',
  spec: parseVersionSpec(text),
  reason: `go-version: ${text}`,
})
const ensure = (
  server: LocalServer,
  wanted: ToolchainWant = want(version),
  env: Readonly<Record<string, string>> = {},
  more: Partial<ToolchainRequest> = {},
) => ensureToolchain(machine(env), { want: wanted, toolCacheRoot: root, downloadBaseUrl: server.url, ...more })

/** A Go on PATH that says of itself what we like. */
const putOnPath = (goVersion: string, arch = 'amd64'): void => {
  const env = JSON.stringify({ GOVERSION: goVersion, GOROOT: '/some/go', GOHOSTARCH: arch, GOPROXY: '' })
  writeFileSync(
    path.join(bin, 'go'),
    `#!/bin/sh\n[ "$GOTOOLCHAIN" = local ] && [ "$1 $2" = "env -json" ] && echo '${env}'\n`,
  )
  chmodSync(path.join(bin, 'go'), 0o755)
}
const leftovers = (): string[] =>
  readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.includes('.gopreflight') || name.endsWith('.gz') || name.endsWith('.zip'),
  )
const failure = async (promise: Promise<unknown>): Promise<Error> => {
  try {
    await promise
  } catch (error) {
    return error as Error
  }
  throw new Error('it should have failed')
}

describe('the order of sources', () => {
  test('the tool cache, before anything is asked', async () => {
    putOnPath(`go${version}`)
    const goroot = path.join(root, 'go', version, 'x64')
    writeGoroot(goroot, version)
    writeFileSync(`${goroot}.complete`, '')
    const server = await mirror()
    expect(await ensure(server)).toEqual({
      version: `go${version}`,
      goroot,
      go: path.join(goroot, 'bin', 'go'),
      source: 'tool-cache',
      verified: 'not downloaded',
      reason: `go-version: ${version}`,
    })
    expect(server.asked).toEqual([])
  })

  test('PATH, when it is what was asked for', async () => {
    putOnPath('go1.25.4 X:loopvar')
    const server = await mirror()
    const found = await ensure(server, want('1.25'))
    expect(found).toMatchObject({
      source: 'path',
      goroot: '/some/go',
      go: path.join(bin, 'go'),
      verified: 'not downloaded',
    })
    expect(server.asked).toEqual([])
  })

  test.each([
    ['another version', 'go1.25.3', 'amd64'],
    ['one built from source', 'devel go1.25-abcdef', 'amd64'],
    ['another architecture', 'go1.25.4', 'arm64'],
  ])('not PATH, when it is %s', async (_, goVersion, arch) => {
    putOnPath(goVersion, arch)
    expect((await ensure(await mirror(), want(version), {}, { architecture: 'x64' })).source).toBe('download')
  })

  test('the download list; then it is in the tool cache', async () => {
    const server = await mirror()
    const found = await ensure(server, want('1.25'))
    expect(found).toMatchObject({ version: `go${version}`, source: 'download', verified: 'sha256' })
    expect(found.goroot).toBe(path.join(root, toolName(distribution(server.url)), version, 'x64'))
    expect(execFileSync(found.go, ['version'], { encoding: 'utf8' })).toBe(`go version go${version} linux/amd64\n`)
    expect(leftovers()).toEqual([])
    const before = server.asked.length
    expect((await ensure(server, want('1.25'))).source).toBe('tool-cache')
    expect(server.asked.length).toBe(before)
  })

  test('the module proxy, proven by the checksum database', async () => {
    const modules = await proxy()
    const env = { GOPROXY: modules.url, GOSUMDB: log.key, GONOSUMDB: 'golang.org/*', GOFLAGS: '-mod=mod' }
    const found = await ensure(await nowhere(), want('1.25'), env)
    const goroot = path.join(root, 'go', version, 'x64')
    expect(found).toMatchObject({
      version: `go${version}`,
      source: 'module-proxy',
      verified: 'checksum-database',
      goroot,
    })
    expect(execFileSync(found.go, ['version'], { encoding: 'utf8' })).toContain(version)
    const mode = (name: string): number => statSync(path.join(goroot, name)).mode & 0o111
    expect(mode('pkg/tool/linux_amd64/compile')).toBe(0o111)
    expect(mode('lib/wasm/go_js_wasm_exec')).toBe(0o111)
    expect(mode('lib/time/zoneinfo.zip')).toBe(0)
    expect(mode('src/fmt/print.go')).toBe(0)
    expect(readFileSync(path.join(goroot, 'src/go.mod'), 'utf8')).toBe('module std\n')
    expect(readFileSync(path.join(goroot, 'src/cmd/go.mod'), 'utf8')).toBe('module cmd\n')
    expect(leftovers().filter((name) => !name.endsWith('zoneinfo.zip'))).toEqual([])
  })

  test('when none serves it, each is named with why', async () => {
    putOnPath('go1.24.1')
    const { name, message } = await failure(ensure(await nowhere()))
    expect(name).toBe('ToolchainError')
    expect(message).toMatch(/No source serves Go 1\.25\.4 for linux\/amd64 \(go-version: 1\.25\.4\)/)
    expect(message).toMatch(/the tool cache .*: no Go 1\.25\.4/)
    expect(message).toMatch(/PATH: go1\.24\.1/)
    expect(message).toMatch(/the download list .*: HTTP status 404/)
    expect(message).toMatch(/the module proxy: GOPROXY is not set/)
  })
})

describe('what does not verify', () => {
  test('another SHA-256 is refused, deleted and final', async () => {
    const server = await mirror(archive, [listed(version, archive, sha256(Buffer.from('other')))])
    const modules = await proxy()
    const error = await failure(ensure(server, want(version), { GOPROXY: modules.url, GOSUMDB: log.key }))
    expect(error.name).toBe('VerificationError')
    expect(error.message).toContain(sha256(archive))
    expect(error.message).toContain('refused and deleted')
    expect(modules.asked).toEqual([])
    expect(leftovers()).toEqual([])
    expect(existsSync(path.join(root, toolName(distribution(server.url)), version))).toBe(false)
  })

  test('a module with another hash is refused, deleted and final', async () => {
    const modules = await proxy(makeToolchainZip('1.25.5', named))
    const error = await failure(ensure(await nowhere(), want(version), { GOPROXY: modules.url, GOSUMDB: log.key }))
    expect(error.name).toBe('VerificationError')
    expect(error.message).toContain('the checksum database sum.example says')
    expect(leftovers()).toEqual([])
  })

  test.each([
    ['a damaged zip', Buffer.from('PK no zip'), 'own', {}, 'refused and deleted'],
    ['no record', zip, 404, {}, 'does not know it'],
    ['a database that fails', zip, 403, {}, 'HTTP status 403'],
    ['GOSUMDB=off', zip, 'own', { GOSUMDB: 'off' }, 'GOSUMDB=off'],
  ] as const)('%s: refused', async (_, content, database, env, message) => {
    const modules = await proxy(content, database === 'own' ? log.serve : () => database)
    const error = await failure(
      ensure(await nowhere(), want(version), { GOPROXY: modules.url, GOSUMDB: log.key, ...env }),
    )
    expect(error.name).toBe('VerificationError')
    expect(error.message).toContain(message)
    expect(leftovers()).toEqual([])
  })

  test('a folder as the only proxy is believed, as Go does, and it is said', async () => {
    const at = path.join(root, 'proxy', zipPath)
    mkdirSync(path.dirname(at), { recursive: true })
    writeFileSync(at, zip)
    const goproxy = pathToFileURL(path.join(root, 'proxy')).href
    const env = { GOPROXY: goproxy, GOSUMDB: 'off' }
    const found = await ensure(await nowhere(), want(version), env)
    expect(found.verified).toBe(
      'not verified: GOPROXY is one folder of this machine, and the checksum database is switched off (GOSUMDB=off)',
    )
    expect(said.join('\n')).toContain('not verified')
    rmSync(path.join(root, 'go'), { recursive: true })
    const error = await failure(ensure(await nowhere(), want(version), { ...env, GOPROXY: `${goproxy},direct` }))
    expect(error.name).toBe('VerificationError')
  })

  test('a list that leads elsewhere is not followed', async () => {
    const hostile = (filename: string): object => ({
      version: `go${version}`,
      files: [{ filename, os: 'linux', arch: 'amd64', kind: 'archive', sha256: sha256(archive) }],
    })
    const list = [
      hostile('../../etc/passwd.tar.gz'),
      hostile('x/y.tar.gz'),
      { ...listed('1.25.4', archive), version: 'go../../1.25.4' },
      null,
      { version: 5 },
    ] as object[]
    const server = await mirror(archive, list)
    expect((await failure(ensure(server))).message).toContain('no Go 1.25.4 for linux/amd64')
    expect(server.asked).toEqual(['?mode=json&include=all'])
  })
})

describe('downloads that fail', () => {
  test.each([
    ['a 404', 404, 'HTTP status 404'],
    ['half a file', { cut: archive.subarray(0, 200) }, `${file}: `],
    ['a server error', 500, 'HTTP status 500'],
  ] as const)('%s leads on to the module proxy', async (_, reply, message) => {
    const modules = await proxy()
    const server = await mirror(reply)
    const found = await ensure(server, want(version), { GOPROXY: modules.url, GOSUMDB: log.key })
    expect(found.source).toBe('module-proxy')
    rmSync(path.join(root, 'go'), { recursive: true })
    const error = await failure(ensure(server))
    expect(error.name).toBe('ToolchainError')
    expect(error.message).toContain(message)
    expect(leftovers()).toEqual([])
  })

  test('a redirect is followed', async () => {
    const server: LocalServer = await start((asked) => {
      if (asked.startsWith('?mode')) return JSON.stringify([listed(version, archive)])
      return asked === file ? { redirect: '/elsewhere' } : asked === 'elsewhere' ? archive : undefined
    })
    expect((await ensure(server)).source).toBe('download')
  })

  test('an archive that holds another version than its list says', async () => {
    const other = makeReleaseTar('1.25.9')
    const server = await mirror(other, [listed(version, other)])
    expect((await failure(ensure(server))).message).toContain('Go 1.25.9, not the 1.25.4')
    expect(leftovers()).toEqual([])
  })

  test('a mirror without a list serves an exact version whose hash stands beside it', async () => {
    const unlisted = await start((asked) =>
      asked === `${file}.sha256` ? `${sha256(archive)}  ${file}\n` : asked === file ? archive : undefined,
    )
    expect((await ensure(unlisted)).verified).toBe('sha256')
    const bare = await start((asked) => (asked === file ? archive : undefined))
    expect((await failure(ensure(bare))).name).toBe('ToolchainError')
    expect(bare.asked).not.toContain(file)
  })
})

describe('which version', () => {
  const releases = ['1.27rc1', '1.26.1', '1.26.0', version, '1.25.3'].map((one) => listed(one, archive))

  test.each([
    ['stable', '1.26.1'],
    ['oldstable', version],
  ])('%s', async (alias, resolved) => {
    const server = await mirror(archive, releases)
    if (resolved === version) expect((await ensure(server, want(alias))).version).toBe(`go${version}`)
    else await failure(ensure(server, want(alias)))
    expect(said).toContain(`${alias} is Go ${resolved} today`)
  })

  test('stable by the module proxy, where no list can be read', async () => {
    const modules = await proxy()
    const env = { GOPROXY: modules.url, GOSUMDB: log.key }
    expect((await ensure(await nowhere(), want('stable'), env)).version).toBe(`go${version}`)
    expect((await failure(ensure(await nowhere(), want('stable')))).message).toMatch(
      /No source serves Go stable[^]*HTTP status 404/,
    )
  })

  test('check-latest looks before it takes what is at hand', async () => {
    putOnPath('go1.25.3')
    const server = await mirror(archive, releases)
    expect((await ensure(server, want('1.25'))).source).toBe('path')
    expect((await ensure(server, want('1.25'), {}, { checkLatest: true })).version).toBe(`go${version}`)
    expect((await ensure(await nowhere(), want('1.25'), {}, { checkLatest: true })).source).toBe('path')
    expect(said.join('\n')).toContain('check-latest: no list of Go releases can be read')
  })

  test('at least: PATH when it is new enough, else what was asked for', async () => {
    const need: ToolchainWant = { kind: 'at-least', version: '1.25.4', reason: 'go 1.25.4 in go.mod:3' }
    const server = await mirror(archive, releases)
    putOnPath('go1.26.0')
    expect(await ensure(server, need)).toMatchObject({ source: 'path', version: 'go1.26.0', reason: need.reason })
    putOnPath('devel go1.28-abcdef')
    expect((await ensure(server, need)).source).toBe('path')
    putOnPath('go1.25.3')
    expect(await ensure(server, need)).toMatchObject({ source: 'download', version: 'go1.25.4' })
    expect((await ensure(server, { ...need, version: '1.25' })).source).toBe('path')
  })

  test('any: PATH, else the newest release', async () => {
    const any: ToolchainWant = { kind: 'any', reason: 'no go line' }
    putOnPath('go1.20')
    expect((await ensure(await mirror(), any)).version).toBe('go1.20')
    rmSync(path.join(bin, 'go'))
    expect((await ensure(await mirror(), any)).version).toBe(`go${version}`)
  })

  test('another architecture is another folder and another file', async () => {
    const server = await mirror()
    const error = await failure(ensure(server, want(version), {}, { architecture: 'arm64' }))
    expect(error.message).toContain('linux/arm64')
    expect((await failure(ensure(server, want(version), {}, { architecture: '../x' }))).message).toContain(
      'architecture',
    )
    const found = await ensure(server, want(version), {}, { architecture: 'amd64' })
    expect(found.goroot).toBe(path.join(root, toolName(distribution(server.url)), version, 'amd64'))
  })
})

test('a Windows release is a zip with a go.exe', async () => {
  const release = makeZip([
    { name: 'go/', content: '' },
    { name: 'go/VERSION', content: `go${version}\n` },
    { name: 'go/bin/go.exe', content: 'MZ' },
    { name: 'go/src/fmt/print.go', content: 'package fmt\n' },
  ])
  const filename = `go${version}.windows-amd64.zip`
  const one = { filename, os: 'windows', arch: 'amd64', kind: 'archive', sha256: sha256(release) }
  const list = JSON.stringify([
    { version: `go${version}`, files: [{ ...one, filename: `${filename}.msi`, kind: 'installer' }, one] },
  ])
  const server = await start((asked) => (asked.startsWith('?mode') ? list : asked === filename ? release : undefined))
  const linux = machine()
  const windows = { ...linux, host: { ...linux.host, platform: 'win32' } }
  const found = await ensureToolchain(windows, {
    want: want(version),
    toolCacheRoot: root,
    downloadBaseUrl: server.url,
  })
  expect(path.basename(found.go)).toBe('go.exe')
  expect(readFileSync(path.join(found.goroot, 'src', 'fmt', 'print.go'), 'utf8')).toBe('package fmt\n')
})

describe('the machine', () => {
  test('a go command that does not work counts as none, with a word', async () => {
    writeFileSync(path.join(bin, 'go'), '#!/bin/sh\necho broken >&2\nexit 2\n')
    chmodSync(path.join(bin, 'go'), 0o755)
    expect((await ensure(await mirror())).source).toBe('download')
    expect(said.join('\n')).toContain('does not work: broken')
  })

  test('the real Go on PATH', async () => {
    // HOME as it is: Go's telemetry may write there after the command has ended.
    const system = machine({ PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '' })
    const any: ToolchainWant = { kind: 'any', reason: 'no go line' }
    const found = await ensureToolchain(system, { want: any, toolCacheRoot: root })
    expect(found.version).toMatch(/^(go1\.|devel)/)
    expect(existsSync(path.join(found.goroot, 'bin'))).toBe(true)
    expect(found.source).toBe('path')
  })

  test('a mirror has a folder of its own, and an address that is none is refused', async () => {
    expect(distribution('https://mirror.example/go/')).toEqual({ base: 'https://mirror.example/go' })
    expect(distribution('')).toEqual({ base: 'https://go.dev/dl' })
    expect(toolName(distribution(''))).toBe('go')
    expect(toolName(distribution('https://mirror.example/go'))).toMatch(/^go-[0-9a-f]{8}$/)
    for (const bad of ['mirror', 'ftp://x', 'file:///x'])
      expect(() => distribution(bad)).toThrow('go-download-base-url')
  })
})
