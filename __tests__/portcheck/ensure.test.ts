import { chmod, readdir, stat, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'

import { describe, expect, test } from '@jest/globals'

import { ensurePortcheck, type EnsureOptions, type PortcheckTool } from '../../src/portcheck/ensure.ts'
import { releaseOf, toolFolder, toolPlace } from '../../src/portcheck/place.ts'
import type { System } from '../../src/system/types.ts'
import { makeFolder, writeFiles } from '../helpers/folder.ts'
import { goIn, smallProgram } from '../helpers/portcheck.ts'
import { testSystem } from '../helpers/probe-context.ts'

async function job(env: Readonly<Record<string, string>> = {}): Promise<EnsureOptions> {
  const system = testSystem(env)
  const [sourceDir, toolCacheRoot, scratchDir] = await Promise.all([
    makeFolder(smallProgram),
    makeFolder(),
    makeFolder(),
  ])
  return { system, ...(await goIn(system, scratchDir)), sourceDir, toolCacheRoot, scratchDir }
}

async function ensured(options: EnsureOptions): Promise<PortcheckTool> {
  const tool = await ensurePortcheck(options)
  if ('unsupported' in tool) throw new Error(tool.unsupported)
  return tool
}

async function start(system: System, tool: PortcheckTool): Promise<string> {
  const { stdout } = await system.processes.run({ argv: [tool.binary], cwd: tool.dir, timeoutSeconds: 20 })
  return stdout.text
}

describe('ensurePortcheck', () => {
  test('builds once, and again when a source changes', async () => {
    const options = await job()
    const first = await ensured(options)
    expect(first).toMatchObject({ source: 'built' })
    expect(first.binary.startsWith(path.join(options.toolCacheRoot, toolFolder))).toBe(true)
    expect(await start(options.system, first)).toContain('"t":"done"')
    expect(await readdir(first.dir)).toEqual([path.basename(first.binary)])
    expect(await ensured(options)).toMatchObject({ source: 'tool-cache', binary: first.binary, seconds: 0 })

    await writeFiles(options.sourceDir ?? '', { 'main_test.go': 'package main\n', 'README.md': 'new' })
    expect(await ensured(options)).toMatchObject({ source: 'tool-cache' })
    await writeFiles(options.sourceDir ?? '', { 'more.go': 'package main\n' })
    const second = await ensured(options)
    expect(second).toMatchObject({ source: 'built' })
    expect(second.binary).not.toBe(first.binary)
  })

  test('two jobs that build at once both have a whole one', async () => {
    const options = await job()
    const tools = await Promise.all([ensured(options), ensured(options)])
    for (const tool of tools) expect(await start(options.system, tool)).toContain('"t":"done"')
    expect(await readdir(tools[0].dir)).toEqual([path.basename(tools[0].binary)])
  })

  test('no setting of the user gets in its way', async () => {
    const goEnv = path.join(await makeFolder({ env: 'GOFLAGS=-mod=vendor\nCGO_ENABLED=1\n' }), 'env')
    const options = await job({
      GOFLAGS: '-mod=vendor -tags=x -trimpath',
      GOENV: goEnv,
      GOOS: 'plan9',
      GOARCH: '386',
      GO386: 'softfloat',
      GO111MODULE: 'off',
      GOWORK: 'off',
      CGO_ENABLED: '1',
    })
    expect(await start(options.system, await ensured(options))).toContain('"t":"done"')
  })

  test('rebuild replaces one that does not start', async () => {
    const options = await job()
    const { binary } = await ensured(options)
    await writeFile(binary, 'half of a program')
    const found = await ensured(options)
    expect(found.source).toBe('tool-cache')
    const rebuilt = await found.rebuild()
    expect(rebuilt).toMatchObject({ source: 'built', binary })
    expect(await start(options.system, found)).toContain('"t":"done"')
  })

  test('an empty binary counts as none', async () => {
    const options = await job()
    const { binary } = await ensured(options)
    await writeFile(binary, '')
    expect(await ensured(options)).toMatchObject({ source: 'built', binary })
  })

  test('sources that do not compile are a reason, not a crash', async () => {
    const options = await job()
    await writeFiles(options.sourceDir ?? '', { 'main.go': 'package main\n\nfunc main() { nothing() }\n' })
    const result = await ensurePortcheck(options)
    expect(result).toEqual({ unsupported: expect.stringMatching(/could not be built with go1.*undefined: nothing/s) })
    expect(await readdir(path.join(options.toolCacheRoot, toolFolder)).then((names) => names.length)).toBe(1)
  })

  test('a tool cache that cannot be written to is done without', async () => {
    const options = await job()
    // A file where the folder would be: stands for a read-only disk, which the superuser would write to.
    await writeFiles(options.toolCacheRoot, { [toolFolder]: '' })
    const tool = await ensured(options)
    expect(tool.binary.startsWith(options.scratchDir)).toBe(true)
    expect(await start(options.system, tool)).toContain('"t":"done"')
  })

  test('what nobody used for a month goes, what is in use stays', async () => {
    const options = await job()
    const old = path.join(options.toolCacheRoot, toolFolder, 'go1.22-linux-amd64-0')
    const used = path.join(options.toolCacheRoot, toolFolder, 'go1.23-linux-amd64-0')
    for (const dir of [old, used]) await writeFiles(dir, { portcheck: 'x', 'portcheck.exe': 'x' })
    const longAgo = Date.now() / 1000 - 31 * 24 * 60 * 60
    for (const name of ['portcheck', 'portcheck.exe']) await utimes(path.join(old, name), longAgo, longAgo)
    const tool = await ensured(options)
    expect((await readdir(path.dirname(tool.dir))).sort()).toEqual(
      [path.basename(used), path.basename(tool.dir)].sort(),
    )

    await utimes(tool.binary, longAgo, longAgo)
    await ensured(options)
    expect(Date.now() - (await stat(tool.binary)).mtimeMs).toBeLessThan(60 * 60 * 1000)
  })

  test.each(['go1.21.13', 'go1.9', ''])('Go %s is too old', async (version) => {
    const options = await job()
    const result = await ensurePortcheck({ ...options, env: { ...options.env, GOVERSION: version } })
    expect(result).toEqual({ unsupported: expect.stringMatching(/^The port check needs Go 1\.22 or newer; this is /) })
  })
})

describe('toolPlace', () => {
  test('another Go, machine or experiment is another place', async () => {
    const { system, env, sourceDir = '', toolCacheRoot } = await job()
    const dirOf = async (change: Readonly<Record<string, string>>): Promise<string> => {
      const place = await toolPlace(system, { env: { ...env, ...change }, sourceDir, toolCacheRoot })
      return 'unsupported' in place ? place.unsupported : place.dir
    }
    const changes = [{}, { GOVERSION: 'go1.24.1' }, { GOHOSTARCH: 'riscv64' }, { GOEXPERIMENT: 'synctest' }]
    expect(new Set(await Promise.all(changes.map(dirOf))).size).toBe(changes.length)
  })

  test('the key is a plain name whatever the Go calls itself', async () => {
    const { system, env, sourceDir = '', toolCacheRoot } = await job()
    const options = { env: { ...env, GOVERSION: 'devel go1.28-../../x, y' }, sourceDir, toolCacheRoot }
    expect(await toolPlace(system, options)).toMatchObject({
      key: expect.stringMatching(/^go1\.28-[\w.]+-[\w.]+-\w+$/),
    })
  })

  test.each([
    ['go1.26.8', '1.26.8'],
    ['go1.25rc1', '1.25rc1'],
    ['go1.26.8 X:loopvar', '1.26.8'],
    ['devel go1.28-abc Mon', '1.28'],
    ['gccgo', ''],
  ])('releaseOf %s', (version, release) => {
    expect(releaseOf(version)).toBe(release)
  })
})

test('a binary without permission to run is found out when it is started', async () => {
  const options = await job()
  const tool = await ensured(options)
  await chmod(tool.binary, 0o644)
  const result = await options.system.processes.run({ argv: [tool.binary], cwd: tool.dir, timeoutSeconds: 20 })
  if (process.platform !== 'win32') expect(result.spawnError).toBe('EACCES')
  expect(await tool.rebuild()).toMatchObject({ source: 'built' })
  expect(await start(options.system, tool)).toContain('"t":"done"')
})
