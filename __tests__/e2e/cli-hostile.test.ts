import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import * as fs from 'node:fs/promises'
import path from 'node:path'

import { makeFolder, removeFolder, writeFiles } from '../helpers/folder.ts'
import { checkJson, parseDiagnosis, runCli } from '../helpers/run-cli.ts'

const escape = '\u001b'
const evil = `::error::x${escape}[31m${escape}]0;title\u0007\u009b2J</details>\u202e##[error]y`
// eslint-disable-next-line no-control-regex -- control characters are the point
const control = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/

describe('what a module says does nothing to those who read it', () => {
  let dir: string
  beforeEach(async () => {
    dir = await makeFolder()
  })
  afterEach(() => removeFolder(dir))

  const expectHarmless = async (): Promise<void> => {
    const { stdout, stderr, exitCode } = await runCli([
      'check',
      dir,
      '--summary-file',
      path.join(dir, '..', `${path.basename(dir)}.md`),
    ])
    expect([0, 1]).toContain(exitCode)
    for (const text of [stdout, stderr]) {
      expect(control.exec(text)?.[0]).toBeUndefined()
      // The command line runs in workflows too, where a line can be a command.
      expect(text.split('\n').filter((line) => /^\s*::|##\[/.test(line))).toEqual([])
    }
    const summary = path.join(dir, '..', `${path.basename(dir)}.md`)
    const markdown = await fs.readFile(summary, 'utf8')
    await fs.rm(summary)
    expect(control.exec(markdown)?.[0]).toBeUndefined()
    const { report, stdout: json } = await checkJson([dir])
    // JSON writes such a character as \u and its number: the text is true and does nothing.
    expect(control.exec(json)?.[0]).toBeUndefined()
    expect(json).not.toContain('##[')
    expect(report.findings.filter(({ rule }) => rule === 'probe-broken')).toEqual([])
  }

  test('compile errors', async () => {
    const quoted = JSON.stringify(evil).replace(escape, '\\x1b')
    await writeFiles(dir, {
      'go.mod': 'module example.com/m\n\ngo 1.24\n',
      'm.go': `package m\n\nvar a int = ${quoted}\n\n//line ::error::forged.go:1\nvar b int = "##[error]y"\n\n//line x${escape}[2J.go:7\nvar c int = "z"\n`,
      'syntax/s.go': `package s\n\nfunc ${evil}() {}\n`,
    })
    await expectHarmless()
  }, 120_000)

  test('names of files, folders, packages and modules', async () => {
    await writeFiles(dir, {
      'go.mod': `module example.com/m\n\ngo 1.24\n\nrequire "example.com/${escape}[31m" v1.0.0\n`,
      [`${evil.replaceAll('/', '_')}/x\n::error::y.go`]: 'package x\n\nvar a int = "no"\n',
      'ok.go': 'package m\n',
    })
    await expectHarmless()
    await writeFiles(dir, { 'go.mod': `module example.com/m\n\ngo 1.24\n` })
    await expectHarmless()
    await writeFiles(dir, { 'go.mod': `module "example.com/m\\n::error::x"\n${evil}\n` })
    await expectHarmless()
  }, 120_000)

  test('go.sum, go.work and vendor/modules.txt', async () => {
    await writeFiles(dir, {
      'go.mod': 'module example.com/m\n\ngo 1.24\n',
      'm.go': 'package m\n',
      'go.sum': `example.com/x v1.0.0 h1:${evil}\n${evil}\n`,
      'vendor/modules.txt': `# ${evil} v1.0.0\n## explicit\n${evil}\n`,
    })
    await expectHarmless()
    await writeFiles(dir, {
      'go.work': `go 1.24\n\nuse .\nuse "./${escape}[2J\\n::error::x"\nreplace ${evil} => ./y\n`,
    })
    await expectHarmless()
  }, 120_000)

  test('logs, one and many', async () => {
    const log = `# example.com/${evil}\n./${evil}.go:3:4: undefined: ${evil}\npanic: ${evil}\n\ngoroutine 1 [running]:\nmain.main()\n\t/${evil}.go:3 +0x1d\nexit status 2\n`
    await writeFiles(dir, { log, jsonl: `${JSON.stringify({ id: 'a', log })}\n` })
    for (const args of [[], ['--json']]) {
      const { stdout, stderr } = await runCli(['diagnose', ...args, path.join(dir, 'log')])
      expect(stdout.length).toBeGreaterThan(50)
      expect(control.exec(stdout + stderr)?.[0]).toBeUndefined()
      if (args.length > 0) parseDiagnosis(stdout)
    }
    const { stdout } = await runCli(['diagnose', '--jsonl', path.join(dir, 'jsonl')])
    expect(control.exec(stdout.trimEnd())?.[0]).toBeUndefined()
    parseDiagnosis(stdout)
  }, 120_000)
})
