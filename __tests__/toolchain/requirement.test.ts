import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

import { createFiles } from '../../src/system/node/files.ts'
import { highestRequirement, readWant } from '../../src/toolchain/requirement.ts'

const line = (value: string, at = 3): { line: number; value: string } => ({ line: at, value })

describe('the highest need', () => {
  test('over modules, go and toolchain lines', () => {
    const needs = [
      { path: 'a/go.mod', go: line('1.24') },
      { path: 'b/go.mod', go: line('1.25'), toolchain: line('go1.26.8', 5) },
      { path: 'c/go.mod', go: line('1.26') },
      { path: 'go.work' },
    ]
    expect(highestRequirement(needs)).toEqual({ version: '1.26.8', reason: 'toolchain go1.26.8 in b/go.mod:5' })
    expect(highestRequirement(needs.slice(0, 1))).toEqual({ version: '1.24', reason: 'go 1.24 in a/go.mod:3' })
  })

  test('1.26 the language is less than its first candidate and release', () => {
    const needs = [
      { path: 'a', go: line('1.26') },
      { path: 'b', go: line('1.26rc1') },
    ]
    expect(highestRequirement(needs)?.version).toBe('1.26rc1')
  })

  test('a toolchain older than the go line does not lower it; what is no version does not count', () => {
    expect(highestRequirement([{ path: 'a', go: line('1.25.0'), toolchain: line('go1.24.1') }])?.version).toBe('1.25.0')
    expect(highestRequirement([{ path: 'a', go: line('new'), toolchain: line('default') }])).toBeUndefined()
    expect(highestRequirement([])).toBeUndefined()
  })
})

describe('what is wanted', () => {
  const files = createFiles()
  let root = ''
  beforeAll(() => {
    root = mkdtempSync(path.join(os.tmpdir(), 'want-test-'))
    writeFileSync(path.join(root, '.go-version'), '1.25.4\n')
  })
  afterAll(() => rmSync(root, { recursive: true }))
  const needs = [{ path: 'go.mod', go: line('1.24') }]

  test('go-version, then go-version-file, then the modules', async () => {
    expect(await readWant(files, { goVersion: '1.26.8', goVersionFile: '.go-version', root }, needs)).toMatchObject({
      kind: 'spec',
      spec: { version: '1.26.8' },
      reason: 'go-version: 1.26.8',
    })
    expect(await readWant(files, { goVersion: '', goVersionFile: '.go-version', root }, needs)).toMatchObject({
      spec: { version: '1.25.4' },
    })
    expect(await readWant(files, { goVersion: '', goVersionFile: '', root }, needs)).toEqual({
      kind: 'at-least',
      version: '1.24',
      reason: 'go 1.24 in go.mod:3',
    })
    expect((await readWant(files, { goVersion: '', goVersionFile: '', root }, [])).kind).toBe('any')
  })

  test('a file that is not there', async () => {
    await expect(readWant(files, { goVersion: '', goVersionFile: 'no/go.mod', root }, needs)).rejects.toThrow(
      'go-version-file no/go.mod is not there',
    )
  })
})
