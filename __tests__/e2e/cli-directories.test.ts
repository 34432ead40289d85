import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import * as fs from 'node:fs/promises'
import path from 'node:path'

import { makeFolder, removeFolder, writeFiles } from '../helpers/folder.ts'
import { checkJson, problemsOf, runCli } from '../helpers/run-cli.ts'

const goMod = (name: string, rest = ''): string => `module example.com/${name}\n\ngo 1.24\n${rest}`
const library = 'package lib\n\nfunc F() int { return 1 }\n'
const broken = 'package lib\n\nvar x int = "no"\n'

describe('where the modules are', () => {
  let dir: string
  beforeEach(async () => {
    dir = await makeFolder()
  })
  afterEach(() => removeFolder(dir))

  const modules = async (args: readonly string[], cwd = dir) => {
    const { exitCode, report } = await checkJson(args, { cwd })
    return { exitCode, dirs: report.modules.map((module) => module.dir), problems: problemsOf(report) }
  }

  test('no repository, spaces and letters of all kinds in the path: files are relative to DIR', async () => {
    const name = 'mein Prüfling 世界'
    await writeFiles(dir, { [`${name}/go.mod`]: goMod('m'), [`${name}/größe.go`]: broken })
    expect(await modules([name])).toEqual({ exitCode: 1, dirs: ['.'], problems: ['compile-error größe.go:3'] })
    expect(await modules([], path.join(dir, name))).toMatchObject({
      dirs: ['.'],
      problems: ['compile-error größe.go:3'],
    })
  }, 60_000)

  test('no repository, one module below DIR: DIR is still what files are relative to', async () => {
    await writeFiles(dir, { 'app/go.mod': goMod('m'), 'app/lib.go': broken })
    expect(await modules([])).toEqual({ exitCode: 1, dirs: ['app'], problems: ['compile-error app/lib.go:3'] })
    await writeFiles(dir, { 'go.work': 'go 1.24\n\nuse ./app\n' })
    expect(await modules([])).toEqual({ exitCode: 1, dirs: ['app'], problems: ['compile-error app/lib.go:3'] })
  }, 60_000)

  test('a repository checked out below DIR: files are relative to it, as on its pull requests', async () => {
    await writeFiles(dir, { 'src/app/go.mod': goMod('m'), 'src/app/lib.go': broken })
    execFileSync('git', ['init', '-q', path.join(dir, 'src')])
    expect(await modules([])).toEqual({ exitCode: 1, dirs: ['app'], problems: ['compile-error app/lib.go:3'] })
  }, 60_000)

  test('a linked directory is the one it leads to', async () => {
    await writeFiles(dir, { 'real/go.mod': goMod('m'), 'real/lib.go': broken })
    await fs.symlink(path.join(dir, 'real'), path.join(dir, 'link'))
    expect(await modules(['link'])).toEqual({ exitCode: 1, dirs: ['.'], problems: ['compile-error lib.go:3'] })
  }, 60_000)

  test('a directory within a module means that module; files are relative to the repository', async () => {
    execFileSync('git', ['init', '-q', dir])
    await writeFiles(dir, { 'app/go.mod': goMod('m'), 'app/sub/deep/lib.go': broken, 'other/go.mod': goMod('o') })
    expect(await modules(['app/sub/deep'])).toEqual({
      exitCode: 1,
      dirs: ['app'],
      problems: ['compile-error app/sub/deep/lib.go:3'],
    })
  }, 60_000)

  test('every module of a repository, each judged', async () => {
    await writeFiles(dir, {
      'go.mod': goMod('root'),
      'lib.go': library,
      'a/go.mod': goMod('a'),
      'a/lib.go': broken,
      'b/c/go.mod': goMod('c'),
      'b/c/lib.go': library,
      'testdata/x/go.mod': 'not read',
    })
    expect(await modules([])).toEqual({
      exitCode: 1,
      dirs: ['.', 'a', 'b/c'],
      problems: ['compile-error a/lib.go:3'],
    })
  }, 60_000)

  test('a workspace: its members, which see each other', async () => {
    await writeFiles(dir, {
      'go.work': 'go 1.24\n\nuse (\n\t./app\n\t./lib\n)\n',
      'app/go.mod': goMod('app'),
      'app/main.go': 'package main\n\nimport "example.com/lib"\n\nfunc main() { println(lib.F()) }\n',
      'lib/go.mod': goMod('lib'),
      'lib/lib.go': library,
      'loose/go.mod': goMod('loose'),
    })
    const { exitCode, report } = await checkJson([dir])
    expect([exitCode, problemsOf(report)]).toEqual([0, []])
    expect(report.modules.map((module) => [module.dir, module.workspace])).toEqual([
      ['app', '.'],
      ['lib', '.'],
    ])
    expect(report.notes.join('\n')).toContain('loose')
  }, 60_000)

  test('working-directory: names and globs, below DIR', async () => {
    for (const name of ['services/a', 'services/b', 'tools/c']) {
      await writeFiles(dir, { [`${name}/go.mod`]: goMod('m'), [`${name}/lib.go`]: library })
    }
    const named = ['--working-directory', 'services/*', '--working-directory', 'tools/c', '--probes', 'graph']
    expect(await modules([dir, ...named])).toMatchObject({
      exitCode: 0,
      dirs: ['services/a', 'services/b', 'tools/c'],
    })
    const nothing = await runCli(['check', dir, '--working-directory', 'srv/*,tools/d'])
    expect([nothing.exitCode, nothing.stdout]).toEqual([2, ''])
    expect(nothing.stderr).toMatch(/"srv\/\*".*\n.*"tools\/d"/)
  }, 60_000)
})

describe('what cannot be checked is said in one go, with exit code 2', () => {
  let dir: string
  beforeEach(async () => {
    dir = await makeFolder()
  })
  afterEach(() => removeFolder(dir))

  const refused = async (...args: readonly string[]): Promise<string> => {
    const { exitCode, stdout, stderr } = await runCli(['check', ...args], { cwd: dir })
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
    expect(stderr).not.toContain('    at ')
    return stderr
  }

  test('no go.mod', async () => {
    expect(await refused()).toContain('no go.mod')
    expect(await refused('--json', '.')).toContain('no go.mod')
  })

  test('no such directory, a file, several directories', async () => {
    await writeFiles(dir, { file: '' })
    expect(await refused('nowhere')).toContain('nowhere')
    expect(await refused('file')).toContain('file is not a directory')
    expect(await refused('.', 'file')).toContain('one directory')
  })

  test('unknown flags', async () => {
    expect(await refused('--jason')).toContain('--jason')
    expect(await refused('--targets')).toContain('--targets')
  })

  test('unknown values, all of them', async () => {
    const said = await refused(
      ...['--targets', 'linux/amd64/v9 linux', '--cgo', 'perhaps', '--fail-on', 'disaster', '--timeout', 'soon'],
      ...['--disable', 'no-such-rule', '--probes', 'verify,divine', '--packages=-toolexec=evil', '--tags', 'a b;c'],
      ...['--gotoolchain', 'newest', '--go-download-base-url', 'ftp://x', '--trimpath=maybe'],
    )
    const names = ['targets: "linux/amd64/v9"', 'targets: "linux"', 'cgo', 'fail-on', 'timeout', 'disable', 'probes']
    for (const name of [...names, 'packages', 'tags', 'gotoolchain', 'go-download-base-url', 'trimpath']) {
      expect(said).toContain(name)
    }
  })

  test('a port that the toolchain does not have', async () => {
    await writeFiles(dir, { 'go.mod': goMod('m'), 'lib.go': library })
    const said = await refused('--targets', 'linux/x86_64 plan10/arm')
    expect(said).toMatch(/linux\/x86_64.*linux\/amd64/)
    expect(said).toContain('plan10/arm')
  })

  test('no folder for temporary files', async () => {
    await writeFiles(dir, { 'go.mod': goMod('m'), 'lib.go': library })
    const { exitCode, stdout, stderr } = await runCli(['check', dir], { env: { TMPDIR: path.join(dir, 'none') } })
    expect([exitCode, stdout]).toEqual([2, ''])
    expect(stderr).toContain('temporary files')
  })

  test('an unknown command, and none', async () => {
    const unknown = await runCli(['chek'])
    expect([unknown.exitCode, unknown.stdout]).toEqual([2, ''])
    expect(unknown.stderr).toContain('"chek"')
    expect((await runCli([])).exitCode).toBe(2)
  })
})

test('an empty go.mod is a finding on its first line', async () => {
  const dir = await makeFolder({ 'go.mod': '', 'lib.go': library })
  const { exitCode, report } = await checkJson([dir])
  expect(exitCode).toBe(1)
  expect(report.findings[0]?.locations[0]).toMatchObject({ file: 'go.mod', line: 1 })
  expect(report.findings.map(({ rule }) => rule)).not.toContain('unexplained')
  await removeFolder(dir)
}, 60_000)

test('a go command that cannot even say its settings is a finding', async () => {
  const dir = await makeFolder({ 'go.mod': goMod('m'), 'lib.go': library })
  const { exitCode, report } = await checkJson([dir], { env: { GOCACHE: '', HOME: '', XDG_CACHE_HOME: '' } })
  expect([exitCode, report.verdict, report.findings.length]).toEqual([1, 'fail', 1])
  expect(report.findings[0]?.evidence.excerpt).toContain('GOCACHE')
  await removeFolder(dir)
}, 60_000)
