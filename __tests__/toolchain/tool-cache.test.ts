import { afterEach, beforeAll, beforeEach, afterAll, describe, expect, test } from '@jest/globals'
import { spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

import { build } from 'esbuild'

import { createNodeSystem } from '../../src/system/node/system.ts'
import { toolName, distribution } from '../../src/toolchain/distribution.ts'
import { findInToolCache, install, installDir, type ToolCache } from '../../src/toolchain/tool-cache.ts'
import { parseVersionSpec } from '../../src/toolchain/version-spec.ts'
import { listed, makeReleaseTar, writeGoroot } from '../helpers/fake-toolchain.ts'
import { serve, type LocalServer, type Reply } from '../helpers/serve.ts'

let warnings: string[] = []
const real = createNodeSystem({ env: {} })
const machine = {
  ...real,
  log: { ...real.log, warning: (text: string) => void warnings.push(text), debug: () => undefined },
}
const platform = { platform: 'linux', arch: 'x64' }
let root = ''
let cache: ToolCache

beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'tool-cache-test-'))
  cache = { root, tool: 'go', platform }
  warnings = []
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const put = (version: string, folder: string, says = version): string => {
  const goroot = path.join(root, 'go', folder, 'x64')
  writeGoroot(goroot, says)
  writeFileSync(`${goroot}.complete`, '')
  return goroot
}
const find = (text: string) => findInToolCache(machine, cache, parseVersionSpec(text))
const hidden = (): string[] => readdirSync(path.join(root, 'go')).filter((name) => name.startsWith('.'))
const old = (file: string, hours: number): void => {
  const time = Date.now() / 1000 - hours * 3600
  utimesSync(file, time, time)
}

describe('finding', () => {
  test('the newest that is asked for, in the layout of @actions/tool-cache', async () => {
    put('1.25.4', '1.25.4')
    const newest = put('1.25.12', '1.25.12')
    const candidate = put('1.27rc1', '1.27.0-rc.1')
    const first = put('1.20', '1.20.0')
    expect(await find('1.25')).toEqual({ version: '1.25.12', goroot: newest, go: path.join(newest, 'bin', 'go') })
    expect((await find('1.25.4'))?.version).toBe('1.25.4')
    expect((await find('1.27rc1'))?.goroot).toBe(candidate)
    expect((await find('1.20.0'))?.goroot).toBe(first)
    expect(await find('1.24')).toBeUndefined()
    expect(
      await findInToolCache(
        machine,
        { ...cache, platform: { platform: 'linux', arch: 'arm64' } },
        parseVersionSpec('1.25'),
      ),
    ).toBeUndefined()
    expect(
      await findInToolCache(machine, { ...cache, root: path.join(root, 'none') }, parseVersionSpec('1.25')),
    ).toBeUndefined()
  })

  test('one that is not complete is not seen', async () => {
    rmSync(`${put('1.25.4', '1.25.4')}.complete`)
    expect(await find('1.25')).toBeUndefined()
    expect(warnings).toEqual([])
  })

  test('damaged ones are passed over and named', async () => {
    const good = put('1.25.1', '1.25.1')
    rmSync(path.join(put('1.25.2', '1.25.2'), 'bin', 'go'))
    chmodSync(path.join(put('1.25.3', '1.25.3'), 'bin', 'go'), 0o644)
    put('1.25.4', '1.25.4', '1.24.9')
    rmSync(path.join(put('1.25.5', '1.25.5'), 'VERSION'))
    writeFileSync(path.join(put('1.25.6', '1.25.6'), 'bin', 'go'), '')
    expect((await find('1.25'))?.goroot).toBe(good)
    expect(warnings.join('\n')).toMatch(
      /1\.25\.6.*no go[^]*1\.25\.5.*no VERSION[^]*1\.25\.4.*says 1\.24\.9[^]*1\.25\.3.*executed[^]*1\.25\.2.*no go/,
    )
  })

  test('strange names beside it do no harm', async () => {
    mkdirSync(path.join(root, 'go', '.gopreflight-x', 'x64'), { recursive: true })
    mkdirSync(path.join(root, 'go', 'latest', 'x64'), { recursive: true })
    writeFileSync(path.join(root, 'go', '1.25.9'), 'a file')
    expect(await find('*')).toBeUndefined()
  })
})

describe('installing', () => {
  const fill = (version: string) => async (staging: string) => {
    const goroot = path.join(staging, 'go')
    writeGoroot(goroot, version)
    return goroot
  }

  test('puts it in place, complete, with nothing left over', async () => {
    const installed = await install(machine, cache, '1.20', fill('1.20'))
    expect(installed.goroot).toBe(path.join(root, 'go', '1.20.0', 'x64'))
    expect(existsSync(`${installed.goroot}.complete`)).toBe(true)
    expect(readdirSync(path.join(root, 'go', '1.20.0')).toSorted()).toEqual(['x64', 'x64.complete'])
    expect(hidden()).toEqual([])
    expect((await find('1.20'))?.version).toBe('1.20')
  })

  test('what is another version, or no toolchain, is not installed', async () => {
    await expect(install(machine, cache, '1.25.4', fill('1.25.5'))).rejects.toThrow('Go 1.25.5, not the 1.25.4')
    const empty = async (staging: string) => staging
    await expect(install(machine, cache, '1.25.4', empty)).rejects.toThrow('no toolchain')
    expect(readdirSync(path.join(root, 'go'))).toEqual([])
  })

  test('a failed download leaves nothing', async () => {
    const failing = async (staging: string): Promise<string> => {
      writeFileSync(path.join(staging, 'half'), 'x')
      throw new Error('the line broke')
    }
    await expect(install(machine, cache, '1.25.4', failing)).rejects.toThrow('the line broke')
    expect(readdirSync(path.join(root, 'go'))).toEqual([])
  })

  test('a whole one that somebody else put there meanwhile is used', async () => {
    const theirs = installDir(cache, '1.25.4')
    const installed = await install(machine, cache, '1.25.4', async (staging) => {
      put('1.25.4', '1.25.4')
      writeFileSync(path.join(theirs, 'theirs'), '')
      return fill('1.25.4')(staging)
    })
    expect(installed.goroot).toBe(theirs)
    expect(existsSync(path.join(theirs, 'theirs'))).toBe(true)
  })

  test('a damaged or abandoned one in its place is replaced', async () => {
    const damaged = put('1.25.4', '1.25.4')
    rmSync(path.join(damaged, 'bin'), { recursive: true })
    await install(machine, cache, '1.25.4', fill('1.25.4'))
    expect((await find('1.25.4'))?.goroot).toBe(damaged)
    const abandoned = path.join(root, 'go', '1.25.5', 'x64')
    mkdirSync(path.join(abandoned, 'half'), { recursive: true })
    old(abandoned, 1)
    await install(machine, cache, '1.25.5', fill('1.25.5'))
    expect(existsSync(path.join(abandoned, 'half'))).toBe(false)
    expect((await find('1.25.5'))?.goroot).toBe(abandoned)
  })

  test('one that another tool is still copying is waited for', async () => {
    const copying = path.join(root, 'go', '1.25.4', 'x64')
    mkdirSync(copying, { recursive: true })
    writeFileSync(path.join(copying, 'theirs'), '')
    let naps = 0
    const sleep = async (): Promise<void> => {
      if (++naps === 2) put('1.25.4', '1.25.4')
    }
    await install({ ...machine, clock: { ...machine.clock, sleep } }, cache, '1.25.4', fill('1.25.4'))
    expect(naps).toBe(2)
    expect(existsSync(path.join(copying, 'theirs'))).toBe(true)
  })

  test('what a killed install left is cleaned, what one at work has is not', async () => {
    const dead = path.join(root, 'go', '.gopreflight-dead')
    const alive = path.join(root, 'go', '.gopreflight-alive')
    for (const dir of [dead, alive]) writeGoroot(dir, '1.25.4')
    old(dead, 3)
    await install(machine, cache, '1.25.4', fill('1.25.4'))
    expect(hidden()).toEqual(['.gopreflight-alive'])
  })

  test('a lock whose owner died is broken', async () => {
    const lock = path.join(root, 'go', '1.25.4', 'x64.gopreflight-lock')
    mkdirSync(path.dirname(lock), { recursive: true })
    writeFileSync(lock, 'somebody')
    old(lock, 1)
    await install(machine, cache, '1.25.4', fill('1.25.4'))
    expect(existsSync(lock)).toBe(false)
  })
})

describe('several processes', () => {
  let bundle = ''
  let children: ChildProcess[] = []
  let servers: LocalServer[] = []
  const archive = makeReleaseTar('1.25.4', 400)

  beforeAll(async () => {
    bundle = mkdtempSync(path.join(os.tmpdir(), 'install-bundle-'))
    await build({
      entryPoints: [path.resolve('__tests__/helpers/install-go.ts')],
      bundle: true,
      platform: 'node',
      format: 'esm',
      outfile: path.join(bundle, 'install.mjs'),
      banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    })
  })
  afterEach(async () => {
    for (const child of children) child.kill('SIGKILL')
    children = []
    for (const server of servers) await server.close()
    servers = []
  })
  afterAll(() => rmSync(bundle, { recursive: true }))

  const start = (
    server: LocalServer,
  ): { child: ChildProcess; done: Promise<{ code: number | null; out: string; err: string }> } => {
    const child = spawn(process.execPath, [path.join(bundle, 'install.mjs'), '1.25.4', root, server.url])
    children.push(child)
    let out = ''
    let err = ''
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
    return { child, done: new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err }))) }
  }
  const mirror =
    (reply: () => Reply) =>
    (asked: string): Reply => {
      if (asked.startsWith('?mode=json')) return JSON.stringify([listed('1.25.4', archive)])
      return asked === 'go1.25.4.linux-amd64.tar.gz' ? reply() : undefined
    }

  const open = async (reply: () => Reply): Promise<LocalServer> => {
    const server = await serve(mirror(reply))
    servers.push(server)
    return server
  }

  test('that install the same at once all end with the same whole toolchain', async () => {
    const server = await open(() => archive)
    cache = { ...cache, tool: toolName(distribution(server.url)) }
    const target = installDir(cache, '1.25.4')
    const runs = [start(server), start(server), start(server)]
    let finished = false
    const all = Promise.all(runs.map((run) => run.done)).finally(() => {
      finished = true
    })
    // Whenever it is said to be complete, it must be so.
    let looks = 0
    while (!finished) {
      if (existsSync(`${target}.complete`)) {
        looks++
        expect(readdirSync(path.join(target, 'src', 'fmt')).length).toBe(400)
        expect(typeof (await findInToolCache(machine, cache, parseVersionSpec('1.25.4')))).toBe('object')
      }
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    for (const { code, out, err } of await all) {
      expect({ code, err: code === 0 ? '' : err }).toEqual({ code: 0, err: '' })
      expect(JSON.parse(out)).toMatchObject({ version: 'go1.25.4', goroot: target })
    }
    expect(looks).toBeGreaterThan(0)
    expect(server.asked.filter((asked) => asked.endsWith('.gz')).length).toBeGreaterThan(1)
    expect(readdirSync(path.dirname(target)).toSorted()).toEqual(['x64', 'x64.complete'])
    expect(readdirSync(path.join(root, cache.tool))).toEqual(['1.25.4'])
  })

  test('one that is killed in the middle leaves nothing that is picked up', async () => {
    const server = await open(() => ({ hang: true }))
    cache = { ...cache, tool: toolName(distribution(server.url)) }
    const { child, done } = start(server)
    while (!server.asked.some((asked) => asked.endsWith('.gz'))) await new Promise((resolve) => setTimeout(resolve, 10))
    child.kill('SIGKILL')
    await done
    const left = readdirSync(path.join(root, cache.tool))
    expect(left).toEqual([expect.stringMatching(/^\.gopreflight-/)])
    expect(await findInToolCache(machine, cache, parseVersionSpec('*'))).toBeUndefined()
    old(path.join(root, cache.tool, left[0] ?? ''), 3)
    await install(machine, cache, '1.25.4', async (staging) => {
      writeGoroot(path.join(staging, 'go'), '1.25.4')
      return path.join(staging, 'go')
    })
    expect(readdirSync(path.join(root, cache.tool))).toEqual(['1.25.4'])
  })
})
