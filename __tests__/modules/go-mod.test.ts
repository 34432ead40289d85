import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'

import type { GoModFile } from '../../src/domain/go-files.ts'
import { parseGoMod, replaceLine, requireLine } from '../../src/modules/go-mod.ts'

const everything = `// A header.

// Deprecated: use example.com/new instead.
// It is better.
module example.com/old // trailing

go 1.24.0

toolchain go1.24.3

godebug default=go1.21
godebug (
	panicnil=1
)

require example.com/a v1.2.3

require (
	example.com/b v1.0.0 // indirect
	"example.com/c/v2" v2 // indirect; for a reason
	example.com/d v3.0.0+incompatible // not indirect
)

exclude example.com/a v1.2.2

replace (
	example.com/a => ../local
	example.com/b v1.0.0 => example.com/fork v1.0.1
	example.com/c/v2 => "./with space"
)

// Published by accident.
retract v1.0.0

// Broken.
retract (
	v1.1.0
	[v1.2.0, v1.2.9] // Too slow.

	v1.3.0
)

tool example.com/a/cmd/x

ignore ./node_modules
`

describe('parseGoMod', () => {
  test('reads every directive with its line', () => {
    const file = parseGoMod(everything)
    expect(file.problems).toEqual([])
    expect(file.module).toEqual({
      line: 5,
      value: 'example.com/old',
      deprecated: 'use example.com/new instead.\nIt is better.\ntrailing',
    })
    expect(file.go).toEqual({ line: 7, value: '1.24.0' })
    expect(file.toolchain).toEqual({ line: 9, value: 'go1.24.3' })
    expect(file.godebug).toEqual([
      { line: 11, value: 'default=go1.21' },
      { line: 13, value: 'panicnil=1' },
    ])
    expect(file.require).toEqual([
      { line: 16, path: 'example.com/a', version: 'v1.2.3', indirect: false },
      { line: 19, path: 'example.com/b', version: 'v1.0.0', indirect: true },
      { line: 20, path: 'example.com/c/v2', version: 'v2.0.0', indirect: true },
      { line: 21, path: 'example.com/d', version: 'v3.0.0+incompatible', indirect: false },
    ])
    expect(file.exclude).toEqual([{ line: 24, path: 'example.com/a', version: 'v1.2.2' }])
    expect(file.replace).toEqual([
      { line: 27, old: { path: 'example.com/a' }, replacement: { path: '../local' } },
      {
        line: 28,
        old: { path: 'example.com/b', version: 'v1.0.0' },
        replacement: { path: 'example.com/fork', version: 'v1.0.1' },
      },
      { line: 29, old: { path: 'example.com/c/v2' }, replacement: { path: './with space' } },
    ])
    expect(file.retract).toEqual([
      { line: 33, low: 'v1.0.0', high: 'v1.0.0', rationale: 'Published by accident.' },
      { line: 37, low: 'v1.1.0', high: 'v1.1.0', rationale: 'Broken.' },
      { line: 38, low: 'v1.2.0', high: 'v1.2.9', rationale: 'Too slow.' },
      { line: 40, low: 'v1.3.0', high: 'v1.3.0', rationale: '' },
    ])
    expect(file.tool).toEqual([{ line: 43, value: 'example.com/a/cmd/x' }])
    expect(file.ignore).toEqual([{ line: 45, value: './node_modules' }])
  })

  test('reads the same from a file with CRLF', () => {
    expect(parseGoMod(everything.replaceAll('\n', '\r\n'))).toEqual(parseGoMod(everything))
  })

  test('names a byte order mark and reads on', () => {
    const file = parseGoMod('\uFEFFmodule x\n')
    expect(file.module?.value).toBe('x')
    expect(file.problems).toEqual([{ line: 1, message: expect.stringContaining('byte order mark') }])
  })

  test('names conflict markers with their lines, reads both sides and does not complain of repeats', () => {
    const file = parseGoMod(
      [
        'module x',
        '<<<<<<< HEAD',
        'go 1.21',
        '=======',
        'go 1.22',
        '>>>>>>> branch',
        'require (',
        '<<<<<<< HEAD',
        'a.b/c v1.0.0',
        '||||||| base',
        '=======',
        'a.b/c v1.1.0',
        '>>>>>>> branch',
        ')',
      ].join('\n'),
    )
    expect(file.go).toEqual({ line: 3, value: '1.21' })
    expect(file.require.map((require) => require.line)).toEqual([9, 12])
    expect(file.problems.map((problem) => problem.line)).toEqual([2, 4, 6, 8, 10, 11, 13])
    for (const problem of file.problems) {
      expect(problem.message).toContain('conflict marker of an unfinished merge')
      expect(problem.message).toContain(`line ${String(problem.line)} `)
    }
    expect(file.problems[0]?.message).toContain('<<<<<<< HEAD')
  })

  test.each<[string, number, string]>([
    ['module x\nfoo bar\n', 2, '"foo" is no directive'],
    ['module x\nfoo (\nbar\n)\n', 2, 'no directive that can have a block'],
    ['module x\ngo 1.21\ngo 1.22\n', 3, 'line 2 already has one'],
    ['module x\nmodule y\n', 2, 'line 1 already has one'],
    ['module x\ngo 1.21.x\n', 2, '"1.21.x" is no Go version'],
    ['module x\ngo\n', 2, 'exactly one value'],
    ['module x\ntoolchain 1.21\n', 2, 'go1.23.0'],
    ['module x\nrequire a.b/c\n', 2, 'a module path and a version'],
    ['module x\nrequire a.b/c master\n', 2, '"master" is no version of "a.b/c"'],
    ['module x\nrequire a.b/c v2.0.0\n', 2, 'stands for v0 or v1'],
    ['module x\nrequire a.b/c/v1 v1.0.0\n', 2, 'no valid module path'],
    ['module x\nrequire (\na.b/c v1.0.0\n', 2, 'never closed'],
    ['module x\nrequire (\na.b/c v1.0.0\nreplace (\na.b/c => ./c\n)\n', 2, 'not closed before line 4'],
    ['module x\nrequire (\n) foo\n', 3, 'may follow the `)`'],
    ['module x\nreplace a.b/c => d.e/f\n', 2, 'has no version and is no directory'],
    ['module x\nreplace a.b/c => d.e/f@v1.0.0\n', 2, 'with a space between them'],
    ['module x\nreplace a.b/c => ../f v1.0.0\n', 2, 'cannot have a version'],
    ['module x\nreplace a.b/c => ..\\f\n', 2, 'written for Windows'],
    ['module x\nreplace a.b/c ../f\n', 2, 'then `=>`'],
    ['module x\nretract [v1.0.0 v1.1.0]\n', 2, 'a range like'],
    ['module x\ngodebug a b\n', 2, 'name=value'],
    ['module x /* no */\n', 1, '`//` comments'],
    ['module "x\n', 1, 'is not closed on this line'],
    ['module "\\q"\n', 1, 'no valid string'],
    ['module `x`\n', 1, 'a quote that Go does not accept'],
    ["module x\nrequire a.b/c 'v1.0.0'\n", 2, 'a quote that Go does not accept'],
    ['module x\n\u0001\n', 2, 'U+0001'],
    ['go 1.21\n', 1, 'no module line'],
    ['', 1, 'no module line'],
  ])('%j has a problem on line %i', (text, line, message) => {
    expect(parseGoMod(text).problems).toEqual([{ line, message: expect.stringContaining(message) }])
  })

  test('goes on after a broken line', () => {
    const file = parseGoMod('module x\nrequire (\n\ta.b/c\n\t\u0000\n\td.e/f v1.0.0\n)\ngo 1.21\n')
    expect(file.require).toEqual([{ line: 5, path: 'd.e/f', version: 'v1.0.0', indirect: false }])
    expect(file.go).toEqual({ line: 7, value: '1.21' })
    expect(file.problems.map((problem) => problem.line)).toEqual([3, 4])
  })

  test('takes a block that is not closed to end where the next begins', () => {
    const file = parseGoMod('module x\nrequire (\na.b/c v1.0.0\nreplace (\na.b/c => ./c\n)\n')
    expect([file.require.length, file.replace.length]).toEqual([1, 1])
  })

  test.each([
    ['one line of words', 'a '.repeat(2_500_000)],
    ['one line of slashes', '/'.repeat(5_000_000)],
    ['one line of quotes', '"'.repeat(5_000_000)],
    ['one line of parentheses', '('.repeat(5_000_000)],
    ['lines of parentheses', 'require (\n'.repeat(500_000)],
    ['lines of backslashes', `${'"\\"\\'.repeat(10_000)}\n`.repeat(120)],
    ['lines of comments', '// a\n'.repeat(1_000_000)],
    ['lines of control characters', '\u0001\n'.repeat(2_500_000)],
    ['lines of conflict markers', '<<<<<<< a\n'.repeat(500_000)],
  ])('reads 5 MB of %s with a bounded number of problems', (_name, text) => {
    const file = parseGoMod(text)
    expect(file.problems.length).toBeLessThan(110)
    for (const problem of file.problems) expect(problem.message.length).toBeLessThan(400)
  })
})

test('requireLine and replaceLine', () => {
  const file = parseGoMod(
    'module x\nrequire a.b/c v1.0.0\nreplace a.b/c => ./all\nreplace a.b/c v1.0.0 => ./one\nreplace d.e/f v1.0.0 => ./f\n',
  )
  expect(requireLine(file, 'a.b/c')).toBe(2)
  expect(requireLine(file, 'd.e/f')).toBeUndefined()
  expect(replaceLine(file, 'a.b/c')).toBe(3)
  expect(replaceLine(file, 'a.b/c', 'v1.0.0')).toBe(4)
  expect(replaceLine(file, 'a.b/c', 'v1.1.0')).toBe(3)
  expect(replaceLine(file, 'd.e/f')).toBe(5)
  expect(replaceLine(file, 'd.e/f', 'v1.1.0')).toBeUndefined()
})

describe('beside the go command', () => {
  let dir: string
  beforeAll(() => {
    dir = fs.mkdtempSync(path.join(os.tmpdir(), 'go-mod-'))
  })
  afterAll(() => {
    fs.rmSync(dir, { recursive: true, force: true })
  })

  test.each([
    ['everything', everything],
    ['CRLF', everything.replaceAll('\n', '\r\n')],
    ['no end of line', 'module x'],
    ['a module block', '// Deprecated: gone.\nmodule (\n\tx\n)\n'],
    ['a deprecation in a later paragraph', '// Text.\n//\n// Deprecated: gone.\n//\n// More.\nmodule x\n'],
    ['a deprecation apart', '// Deprecated: gone.\n\nmodule x\n'],
    ['a deprecation that is none', '//\n// Deprecated: gone.\nmodule x\n// Deprecated: after\n'],
    ['escapes', 'module "x\\x41\\u00e9\\101"\nreplace a.b/c => "./a\\tb"\n'],
    ['comments against words', 'module x//c\nrequire a.b/c v1.2.3//indirect\nrequire a.b/d v1.2.3// indirect\n'],
    ['quoted everything', 'module "x"\nrequire "a.b/c" "v1.2.3"\nexclude "a.b/c" "v1.0.0"\n'],
    ['empty blocks', 'module x\nrequire ()\nrequire (\n)\ngodebug ( ) // c\n'],
    ['comments in blocks', 'module x\nretract ( // c\n\t// one\n\n\t// two\n\tv1.0.0 // three\n\t// last\n)\n'],
    ['block comments', 'module x\n// why\nretract (\n\tv1.0.0\n\tv1.1.0\n\n\tv1.2.0\n)\n'],
    ['loose spaces', '  module\t x\r\n\trequire   a.b/c\tv1.0.0   // indirect  \n'],
    ['directories', 'module x\nreplace a.b/c => .\nreplace a.b/d => ..\nreplace a.b/e => /x\nreplace a.b/f => C:/x\n'],
    ['old pseudo-version', 'module x\nrequire gopkg.in/check.v1 v0.0.0-20161208181325-20d25e280405\n'],
    ['short versions', 'module x\nrequire a.b/c v1\nretract v1\nretract [v0.1, v0.2]\n'],
    ['default toolchain', 'module x\ngo 1.21rc2\ntoolchain default\n'],
    ['letters of the world', 'module пример.example/модуль\n'],
  ])('agrees on a file with %s', (_name, text) => {
    const go = goModEditJson(text)
    expect(go.stderr).toBe('')
    const file = parseGoMod(text)
    expect(file.problems).toEqual([])
    expect(go.json).toEqual(shape(file))
  })

  test.each([
    'module x\nfoo bar\n',
    'module x\n(\n)\n',
    'module x\nrequire (\n',
    'module x\nrequire (\n) foo\n',
    'module x\nrequire foo (\n)\n',
    'module x\nrequire a.b/c v1.0.0 v1.1.0\n',
    'module x\nrequire a.b/c/v2 v1.0.0\n',
    'module x\nrequire gopkg.in/yaml v1.0.0\n',
    'module `x`\n',
    'module "a\\\'b"\n',
    'module x\ngo 1.021\n',
    'module x\ngo 1\n',
    'module x\nretract [v1.0.0, v1.1.0] x\n',
    'module x\nretract (\n\t(\n)\n',
    'module x\nreplace a.b/c => d\n',
    'module x\ntool a b\n',
    'module x\n\u00a0go 1.21\n',
    'module x\ngodebug a="b"\n',
    'module x\n/* c */\n',
  ])('refuses %j as it does', (text) => {
    expect(goModEditJson(text).stderr).not.toBe('')
    expect(parseGoMod(text).problems).not.toEqual([])
  })

  function goModEditJson(text: string): { readonly json?: Record<string, unknown>; readonly stderr: string } {
    const file = path.join(dir, 'go.mod')
    fs.writeFileSync(file, text)
    const env = { PATH: process.env.PATH, HOME: dir, GOFLAGS: '', GOTOOLCHAIN: 'local', GOENV: 'off', GOWORK: 'off' }
    try {
      const stdout = execFileSync('go', ['mod', 'edit', '-json', file], { env, encoding: 'utf8', stdio: 'pipe' })
      return { json: JSON.parse(stdout) as Record<string, unknown>, stderr: '' }
    } catch (error) {
      return { stderr: String((error as { readonly stderr?: unknown }).stderr) }
    }
  }
})

/** A parsed file as `go mod edit -json` shows it. */
function shape(file: GoModFile): unknown {
  const list = (items: readonly unknown[]): unknown => (items.length === 0 ? null : items)
  const version = (module: { readonly path: string; readonly version?: string }): unknown =>
    module.version === undefined ? { Path: module.path } : { Path: module.path, Version: module.version }
  const deprecated = file.module?.deprecated
  return {
    Module: { Path: file.module?.value, ...(deprecated === undefined ? {} : { Deprecated: deprecated }) },
    ...(file.go === undefined ? {} : { Go: file.go.value }),
    ...(file.toolchain === undefined ? {} : { Toolchain: file.toolchain.value }),
    Require: list(
      file.require.map((line) => ({
        Path: line.path,
        Version: line.version,
        ...(line.indirect ? { Indirect: true } : {}),
      })),
    ),
    Exclude: list(file.exclude.map(version)),
    Replace: list(file.replace.map((line) => ({ Old: version(line.old), New: version(line.replacement) }))),
    Retract: list(
      file.retract.map((line) => ({
        Low: line.low,
        High: line.high,
        ...(line.rationale === '' ? {} : { Rationale: line.rationale }),
      })),
    ),
    ...(file.godebug.length === 0 ? {} : { GoDebug: file.godebug.map((line) => keyAndValue(line.value)) }),
    Tool: list(file.tool.map((line) => ({ Path: line.value }))),
    Ignore: list(file.ignore.map((line) => ({ Path: line.value }))),
  }
}

function keyAndValue(setting: string): unknown {
  const [key, value] = setting.split('=')
  return { Key: key, Value: value }
}
