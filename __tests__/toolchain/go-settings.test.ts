import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

import { createFiles } from '../../src/system/node/files.ts'
import { envFile, parseEnvFile, readGoSettings, userCacheRoot } from '../../src/toolchain/go-settings.ts'

const host = { platform: 'linux', arch: 'x64', cores: 1, memory: 1, homeDir: '/home/u', tempDir: '/tmp' }
const mac = { ...host, platform: 'darwin', homeDir: '/Users/u' }
const windows = { ...host, platform: 'win32', homeDir: 'C:\\Users\\u' }

test("the file of go env -w, and the user's cache folder", () => {
  expect(envFile({}, host)).toBe('/home/u/.config/go/env')
  expect(envFile({ XDG_CONFIG_HOME: '/c' }, host)).toBe('/c/go/env')
  expect(envFile({}, mac)).toBe('/Users/u/Library/Application Support/go/env')
  expect(envFile({ APPDATA: 'C:\\A' }, windows)).toBe('C:\\A\\go\\env')
  expect(envFile({}, windows)).toBeUndefined()
  expect(envFile({ GOENV: 'off' }, host)).toBeUndefined()
  expect(envFile({ GOENV: '/x' }, host)).toBe('/x')
  expect(userCacheRoot({}, host)).toBe('/home/u/.cache/gopreflight')
  expect(userCacheRoot({ XDG_CACHE_HOME: '/c' }, host)).toBe('/c/gopreflight')
  expect(userCacheRoot({ XDG_CACHE_HOME: 'relative' }, host)).toBe('/home/u/.cache/gopreflight')
  expect(userCacheRoot({}, mac)).toBe('/Users/u/Library/Caches/gopreflight')
  expect(userCacheRoot({ LOCALAPPDATA: 'C:\\L' }, windows)).toBe('C:\\L\\gopreflight')
  expect(userCacheRoot({}, windows)).toBe('C:\\Users\\u\\AppData\\Local\\gopreflight')
})

test('lines of that file', () => {
  expect(parseEnvFile('# x\nGOPROXY=https://p.example,direct\r\nbad line\nGOFLAGS=-a=b\n')).toEqual({
    GOPROXY: 'https://p.example,direct',
    GOFLAGS: '-a=b',
  })
})

describe('GOPROXY and its kin', () => {
  let home = ''
  beforeAll(() => {
    home = mkdtempSync(path.join(os.tmpdir(), 'settings-test-'))
    mkdirSync(path.join(home, '.config', 'go'), { recursive: true })
    writeFileSync(
      path.join(home, '.config', 'go', 'env'),
      'GOPROXY=https://persisted.example\nGOPRIVATE=corp.example\n',
    )
  })
  afterAll(() => rmSync(home, { recursive: true }))
  const read = (env: Record<string, string>, settings?: Record<string, string>) =>
    readGoSettings(
      { env, host: { ...host, homeDir: home }, files: createFiles() },
      settings && { go: '/go', version: 'go1.26.8', goroot: '/', arch: 'amd64', settings },
    )

  test('environment, then persisted, then what a Go says', async () => {
    expect(await read({ GOPROXY: 'https://env.example' })).toEqual({
      goproxy: 'https://env.example',
      goprivate: 'corp.example',
    })
    const asked = await read({ GOPROXY: '' }, { GOPROXY: 'https://default.example', GOSUMDB: 'sum.example' })
    expect(asked).toEqual({ goproxy: 'https://persisted.example', goprivate: 'corp.example', gosumdb: 'sum.example' })
    expect((await read({ GOENV: 'off' }, { GOPROXY: 'https://default.example' })).goproxy).toBe(
      'https://default.example',
    )
  })

  test('nothing is assumed', async () => {
    expect(await read({ GOENV: 'off' })).toEqual({})
    expect(await read({ GOENV: '/not/there' })).toEqual({})
  })
})
