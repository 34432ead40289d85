import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

import { createModuleProxy, isSingleFileProxy, parseGoProxy, ProxyError } from '../../src/modules/goproxy.ts'
import { createNodeSystem } from '../../src/system/node/system.ts'
import { serve, type LocalServer, type Reply } from '../helpers/serve.ts'

const real = createNodeSystem({ env: {} })
let slept: number[] = []
const system = {
  ...real,
  clock: {
    ...real.clock,
    sleep: async (seconds: number) => {
      slept.push(seconds)
    },
  },
}
const has: Record<string, Reply> = {
  'example.com/!m/@v/list': 'v1.0.0\nv1.1.0 2020-01-01T00:00:00Z\n\n',
  'example.com/!m/@v/v1.0.0.info': '{"Version":"v1.0.0","Time":"2020-01-01T00:00:00Z"}',
  'example.com/!m/@v/v1.0.0.mod': 'module example.com/M\n',
  'example.com/!m/@v/v1.0.0.zip': 'zip',
}
let full: LocalServer
let empty: LocalServer
let broken: LocalServer
let flaky: LocalServer
let failures = 0
let dir = ''

beforeAll(async () => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'goproxy-test-'))
  full = await serve((asked) => has[asked])
  empty = await serve(() => 410)
  broken = await serve(() => 403)
  flaky = await serve((asked) => (failures-- > 0 ? 503 : has[asked]))
})
afterEach(() => {
  slept = []
})
afterAll(async () => {
  for (const server of [full, empty, broken, flaky]) await server.close()
  rmSync(dir, { recursive: true })
})

describe('GOPROXY', () => {
  test('entries, separators, words and the implied scheme', () => {
    expect(parseGoProxy('https://a.example/, proxy.example|file:///mirror,direct,https://never.example')).toEqual([
      { url: 'https://a.example', fallBackOnError: false },
      { url: 'https://proxy.example', fallBackOnError: true },
      { url: 'file:///mirror', fallBackOnError: false },
      { url: 'direct', fallBackOnError: false },
    ])
    expect(parseGoProxy('off,https://a.example')).toEqual([{ url: 'off', fallBackOnError: false }])
    expect(parseGoProxy(' , |')).toEqual([])
  })

  test.each(['ftp://a.example', 'word', '/absolute', 'file://host/x', 'https://'])('%s is refused', (value) => {
    expect(() => parseGoProxy(value)).toThrow('GOPROXY holds')
  })

  test('an address with a password is refused without showing it', () => {
    let message = ''
    try {
      parseGoProxy('ftp://user:s3cret@a.example')
    } catch (error) {
      message = String(error)
    }
    expect(message).toContain('a.example')
    expect(message).not.toContain('s3cret')
  })

  test('a single file proxy', () => {
    expect(isSingleFileProxy('file:///x')).toBe(true)
    expect(isSingleFileProxy('file:///x,off')).toBe(false)
  })
})

describe('a module proxy', () => {
  test('list, info, mod and zip', async () => {
    const proxy = createModuleProxy(system, full.url)
    expect(await proxy.list('example.com/M')).toEqual(['v1.0.0', 'v1.1.0'])
    expect(await proxy.info('example.com/M', 'v1.0.0')).toEqual({ version: 'v1.0.0', time: '2020-01-01T00:00:00Z' })
    expect(Buffer.from(await proxy.mod('example.com/M', 'v1.0.0')).toString()).toBe('module example.com/M\n')
    const file = path.join(dir, 'm.zip')
    expect(await proxy.zip('example.com/M', 'v1.0.0', file)).toBe(`${full.url}/`)
    expect(readFileSync(file, 'utf8')).toBe('zip')
  })

  test('the next one is asked for what is not there', async () => {
    const proxy = createModuleProxy(system, `${empty.url},${full.url}`)
    expect((await proxy.info('example.com/M', 'v1.0.0')).version).toBe('v1.0.0')
  })

  test('a failing one ends the search behind a comma, and not behind |', async () => {
    const strict = createModuleProxy(system, `${broken.url},${full.url}`)
    await expect(strict.info('example.com/M', 'v1.0.0')).rejects.toMatchObject({ absent: false })
    await expect(strict.info('example.com/M', 'v1.0.0')).rejects.toThrow('HTTP status 403')
    const lenient = createModuleProxy(system, `${broken.url}|${full.url}`)
    expect((await lenient.info('example.com/M', 'v1.0.0')).version).toBe('v1.0.0')
  })

  test('absent everywhere, direct, off and none at all', async () => {
    const ask = (goproxy: string): Promise<unknown> =>
      createModuleProxy(system, goproxy).info('example.com/none', 'v1.0.0')
    await expect(ask(`${full.url},direct`)).rejects.toMatchObject({ absent: true })
    await expect(ask('direct')).rejects.toThrow('version control is not asked here')
    await expect(ask('off')).rejects.toThrow('GOPROXY=off')
    await expect(ask('')).rejects.toBeInstanceOf(ProxyError)
  })

  test('what may pass is tried again, with a pause', async () => {
    const proxy = createModuleProxy(system, flaky.url)
    failures = 2
    expect((await proxy.info('example.com/M', 'v1.0.0')).version).toBe('v1.0.0')
    expect(slept).toEqual([1, 4])
    failures = 3
    await expect(proxy.info('example.com/M', 'v1.0.0')).rejects.toThrow('HTTP status 503')
  })

  test('a folder serves as well', async () => {
    const folder = path.join(dir, 'with space', 'example.com', '!m', '@v')
    mkdirSync(folder, { recursive: true })
    writeFileSync(path.join(folder, 'list'), 'v1.0.0\n')
    writeFileSync(path.join(folder, 'v1.0.0.zip'), 'from a folder')
    const proxy = createModuleProxy(system, pathToFileURL(path.join(dir, 'with space')).href)
    expect(await proxy.list('example.com/M')).toEqual(['v1.0.0'])
    const file = path.join(dir, 'folder.zip')
    await proxy.zip('example.com/M', 'v1.0.0', file)
    expect(readFileSync(file, 'utf8')).toBe('from a folder')
    await expect(proxy.info('example.com/M', 'v1.0.0')).rejects.toMatchObject({ absent: true })
  })

  test('an answer that is no .info', async () => {
    const portal = await serve(() => '<html>')
    await expect(createModuleProxy(system, portal.url).info('example.com/M', 'v1.0.0')).rejects.toThrow('no .info')
    await portal.close()
  })
})
