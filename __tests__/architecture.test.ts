import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import {
  checkSource,
  formatViolation,
  isGenerated,
  lineLimit,
  roomCycles,
  type CheckedFile,
} from './helpers/architecture.ts'

const root = path.resolve(import.meta.dirname, '..')

async function sourcesUnder(folder: string): Promise<readonly string[]> {
  const found = await readdir(path.join(root, folder), { recursive: true })
  return found
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((name) => name.endsWith('.ts') && !name.includes('/fixtures/'))
    .sort()
}

async function read(file: string): Promise<string> {
  return (await readFile(path.join(root, file), 'utf8')).replaceAll('\r\n', '\n')
}

describe('the sources keep to the architecture', () => {
  let sources: readonly string[] = []
  let files: readonly CheckedFile[] = []

  beforeAll(async () => {
    sources = await sourcesUnder('src')
    files = await Promise.all(sources.map(async (file) => checkSource(file, await read(file))))
  })

  test('imports, globals and forms', () => {
    expect(files.length).toBeGreaterThan(10)
    expect(files.flatMap((file) => file.violations).map(formatViolation)).toEqual([])
  })

  test('no circle of rooms', () => {
    expect(roomCycles(files)).toEqual([])
  })

  test('every probe, rule and reporter has a test of its name in the same room', async () => {
    const tests = await sourcesUnder('__tests__')
    const catalogued = /^src\/(probes|diagnosis\/rules\/[^/]+|reporters)\/([^/]+)\.ts$/
    const missing: string[] = []
    for (const file of sources) {
      const [, folder, name] = catalogued.exec(file) ?? []
      if (folder === undefined || name === undefined || isGenerated(await read(file))) continue
      const room = `__tests__/${folder.split('/')[0]}/`
      const found = tests.some((test) => test.startsWith(room) && test.endsWith(`/${name}.test.ts`))
      if (!found) missing.push(`${file}: there is no test ${room}…/${name}.test.ts`)
    }
    expect(missing).toEqual([])
  })

  test('tests mock no module', async () => {
    const mocking: string[] = []
    for (const file of await sourcesUnder('__tests__')) {
      const lines = (await read(file)).split('\n')
      lines.forEach((line, i) => {
        if (/\bjest\.(mock|unstable_mockModule)\(/.test(line)) mocking.push(`${file}:${i + 1}: pass another System`)
      })
    }
    expect(mocking).toEqual([])
  })
})

describe('the checker itself', () => {
  const check = (file: string, text: string): readonly string[] =>
    checkSource(file, text).violations.map(formatViolation)

  test.each<[string, string, string]>([
    ['src/domain/x.ts', "import path from 'node:path'", 'src/domain/x.ts:1: domain imports nothing (node:path)'],
    ['src/domain/x.ts', "import type { Go } from '../go/go.ts'", 'src/domain/x.ts:1: domain must not import go'],
    ['src/go/x.ts', "import { a } from '../toolchain/a.ts'", 'src/go/x.ts:1: go must not import toolchain'],
    ['src/go/x.ts', "import { a } from '../modules/a.ts'", 'src/go/x.ts:1: go must not import modules'],
    ['src/probes/x.ts', "import r from '../diagnosis/rules/a/b.ts'", 'probes must not import diagnosis'],
    ['src/probes/x.ts', "import a from './verify.ts'", 'a probe imports no other probe (./verify.ts)'],
    [
      'src/diagnosis/rules/a/b.ts',
      "\nimport p from '../../../probes/x.ts'",
      'b.ts:2: diagnosis must not import probes',
    ],
    ['src/reporters/x.ts', "import { a } from '../go/a.ts'", 'reporters import only domain and reporters/'],
    ['src/reporters/x.ts', "import type { S } from '../system/types.ts'", 'reporters import only domain'],
    ['src/pipeline/x.ts', "import { c } from '../system/node/system.ts'", 'only the entries import adapters'],
    ['src/pipeline/x.ts', "const a = await import('../cli/cli.ts')", 'x.ts:1: pipeline must not import cli'],
    ['src/pipeline/x.ts', "export * from '../action/main.ts'\nexport const a = 1", 'pipeline must not import action'],
    ['src/pipeline/x.ts', "type A = import('../cli/cli.ts').A", 'pipeline must not import cli'],
    ['src/pipeline/x.ts', 'const a = await import(`./${name}.ts`)', 'import() takes a literal path'],
    ['src/system/node/x.ts', "import { a } from '../../go/a.ts'", 'src/system imports only domain and system/types'],
    ['src/go/x.ts', "import { spawn } from 'node:child_process'", 'x.ts:1: only src/system reaches the machine'],
    ['src/go/x.ts', "import fs from 'node:fs/promises'", 'only src/system reaches the machine'],
    ['src/action/main.ts', "import fs from 'node:fs'", 'only src/system reaches the machine'],
    ['src/go/x.ts', "import process from 'node:process'", 'only src/system reaches the machine'],
    ['src/cache/x.ts', "import * as cache from '@actions/cache'", 'only src/system imports this package'],
    ['src/action/main.ts', "import * as core from '@actions/core'", 'only src/system imports this package'],
    ['src/go/x.ts', "const fs = require('node:fs')", 'modules are imported, not required'],
    ['src/go/x.ts', "import { a } from './a'", 'relative imports end in .ts (./a)'],
    ['src/go/x.ts', "import { a } from '../../scripts/a.ts'", 'src imports only from its own rooms'],
    ['src/lost/x.ts', "import { a } from './a.ts'", 'every source file belongs to a room'],
    [
      'src/go/x.ts',
      'const a = 1\nconst b = process.env.HOME',
      'x.ts:2: process, console and fetch belong to the entries',
    ],
    ['src/go/x.ts', "console.log('a')", 'src/go/x.ts:1: process, console and fetch'],
    ['src/go/x.ts', 'process.exit(1)', 'src/go/x.ts:1: process, console and fetch'],
    ['src/go/x.ts', 'globalThis.process.exit(1)', 'src/go/x.ts:1: process, console and fetch'],
    ['src/go/x.ts', "await fetch('https://example.com')", 'src/go/x.ts:1: process, console and fetch'],
    ['src/go/x.ts', 'const { env } = process', 'src/go/x.ts:1: process, console and fetch'],
    ['src/go/x.ts', "enum A { B = 'b' }", 'src/go/x.ts:1: no enums: use a union of strings (A)'],
    ['src/go/x.ts', 'export class Runner {}', 'src/go/x.ts:1: no classes but errors (Runner)'],
    ['src/go/x.ts', 'const a = class extends Map {}', 'src/go/x.ts:1: no classes but errors'],
    ['src/go/x.ts', 'namespace A { export const b = 1 }', 'src/go/x.ts:1: no namespaces (A)'],
    ['src/go/x.ts', "export { a } from './a.ts'", 'src/go/x.ts:1: no barrels'],
  ])('%s: %j', (file, text, message) => {
    const found = check(file, text)
    expect(found).toHaveLength(1)
    expect(found[0]).toContain(message)
  })

  test.each<[string, string]>([
    ['src/domain/x.ts', "import type { Location } from './module.ts'"],
    ['src/go/x.ts', "import path from 'node:path'\nimport type { System } from '../system/types.ts'"],
    ['src/go/x.ts', "import { satisfies } from 'semver'"],
    ['src/reporters/summary.ts', "import { a } from './render/markdown.ts'\nimport { b } from '../domain/finding.ts'"],
    ['src/action/main.ts', "import { c } from '../system/node/system.ts'\nprocess.exitCode = 1"],
    ['src/system/node/x.ts', "import fs from 'node:fs'\nconsole.log(process.env)"],
    ['src/probes/index.ts', "import verify from './verify.ts'\nexport const probes = [verify]"],
    ['src/go/x.ts', 'export class GoError extends Error {}\nexport class OtherError extends GoError {}'],
    ['src/go/x.ts', 'const a = { process: 1, console: 2 }\nconst b = a.process\ntype C = { fetch: () => void }'],
    ['src/go/x.ts', 'const fetch = () => 1\nfetch()'],
    ['src/go/x.ts', "// process.env and enum A {} in a comment\nconst a = 'import x from \\'node:fs\\''"],
  ])('allows %s: %j', (file, text) => {
    expect(check(file, text)).toEqual([])
  })

  test('a file has at most 250 lines unless it is generated', () => {
    expect(check('src/go/x.ts', '// a\n'.repeat(lineLimit))).toEqual([])
    expect(check('src/go/x.ts', '// a\n'.repeat(lineLimit + 1))).toEqual([
      'src/go/x.ts:250: at most 250 lines (251 lines)',
    ])
    expect(check('src/go/x.ts', '// Made by "npm run generate".\n' + '// a\n'.repeat(900))).toEqual([])
  })

  test('a circle of rooms is named with its imports', () => {
    const files = [
      checkSource('src/go/a.ts', "import { b } from '../modules/b.ts'"),
      checkSource('src/modules/b.ts', "import { c } from '../cache/c.ts'"),
      checkSource('src/cache/c.ts', "\nimport { a } from '../go/a.ts'"),
    ]
    expect(roomCycles(files)).toEqual([
      'go -> modules (src/go/a.ts:1), modules -> cache (src/modules/b.ts:1), cache -> go (src/cache/c.ts:2)',
    ])
    expect(roomCycles(files.slice(0, 2))).toEqual([])
  })
})
