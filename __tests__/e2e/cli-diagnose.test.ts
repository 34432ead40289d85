import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { spawn } from 'node:child_process'

import { makeFolder, removeFolder, writeFiles } from '../helpers/folder.ts'
import { cli, environment, parseDiagnosis, runCli } from '../helpers/run-cli.ts'

const undefinedName = '# example.com/m\n./main.go:7:5: undefined: syscall.Kill\n'
const missingSum =
  'main.go:3:8: missing go.sum entry for module providing package example.com/greeting (imported by example.com/m); to add:\n' +
  '\tgo get example.com/m\n'
const healthy = 'ok  \texample.com/m\t0.010s\n?   \texample.com/m/cmd\t[no test files]\n'

describe('diagnose', () => {
  let dir: string
  beforeAll(async () => {
    dir = await makeFolder({ 'a.log': undefinedName, 'b.log': missingSum, 'ok.log': healthy, 'empty.log': '' })
  })
  afterAll(() => removeFolder(dir))

  const diagnose = async (args: readonly string[], stdin?: string) => {
    const result = await runCli(['diagnose', '--json', ...args], {
      cwd: dir,
      ...(stdin === undefined ? {} : { stdin }),
    })
    const { findings, unexplained } = parseDiagnosis(result.stdout)
    return { exitCode: result.exitCode, rules: findings.map(({ rule }) => rule), unexplained }
  }

  test('a file, standard input, with CRLF as well', async () => {
    const said = { exitCode: 1, rules: ['sum-missing'], unexplained: [] }
    expect(await diagnose(['b.log'])).toEqual(said)
    expect(await diagnose(['-'], missingSum)).toEqual(said)
    expect(await diagnose([], missingSum)).toEqual(said)
    expect(await diagnose([], missingSum.replaceAll('\n', '\r\n'))).toEqual(said)
  })

  test('several files are one diagnosis', async () => {
    const { exitCode, rules } = await diagnose(['a.log', 'ok.log', 'b.log'])
    expect(exitCode).toBe(1)
    expect(rules).toHaveLength(2)
    expect(rules).toContain('sum-missing')
  })

  test('a log without a failure, an empty one: nothing, exit code 0', async () => {
    expect(await diagnose(['ok.log'])).toEqual({ exitCode: 0, rules: [], unexplained: [] })
    expect(await diagnose(['empty.log'])).toEqual({ exitCode: 0, rules: [], unexplained: [] })
  })

  test('--dir: the files of a checkout say where', async () => {
    await writeFiles(dir, {
      'checkout/go.mod': 'module example.com/m\n\ngo 1.24\n\nrequire example.com/greeting v1.0.0\n',
      'checkout/main.go': 'package main\n\nimport "example.com/greeting"\n',
    })
    const { stdout } = await runCli(['diagnose', '--json', '--dir', 'checkout', 'b.log'], { cwd: dir })
    const lines = parseDiagnosis(stdout).findings[0]?.locations
    expect(lines?.map(({ file, line }) => `${file}:${String(line)}`)).toEqual(
      expect.arrayContaining([expect.stringMatching(/^(main\.go:3|go\.mod:5)$/)]),
    )
  }, 60_000)

  test('what cannot be read is named, all of it', async () => {
    const { exitCode, stdout, stderr } = await runCli(['diagnose', 'nowhere.log', '.', 'a.log'], { cwd: dir })
    expect([exitCode, stdout]).toEqual([2, ''])
    expect(stderr).toContain('nowhere.log')
    expect(stderr).toContain('. is a directory')
    expect((await runCli(['diagnose', '--dir', 'nowhere', 'a.log'], { cwd: dir })).exitCode).toBe(2)
    expect((await runCli(['diagnose', '--disable', 'nonsense', 'a.log'], { cwd: dir })).stderr).toContain('nonsense')
  })

  test('--jsonl: ten thousand logs, in order, with the ids as they came', async () => {
    const logs = [undefinedName, healthy, missingSum]
    const count = 10_000
    const input = Array.from({ length: count }, (_, n) =>
      JSON.stringify({ id: n % 2 ? n : `log ${n}`, log: logs[n % 3] }),
    )
    await writeFiles(dir, { 'many.jsonl': input.join('\n') })
    const { exitCode, stdout, stderr } = await runCli(['diagnose', '--jsonl', 'many.jsonl'], { cwd: dir })
    expect([exitCode, stderr]).toEqual([0, ''])
    const lines = stdout.trimEnd().split('\n')
    expect(lines).toHaveLength(count)
    const answers = lines.map((line) => JSON.parse(line) as { id: unknown; findings: unknown[] })
    expect(answers.every(({ id }, n) => id === (n % 2 ? n : `log ${n}`))).toBe(true)
    expect(answers.every(({ findings }, n) => findings.length === (n % 3 === 1 ? 0 : 1))).toBe(true)
    expect(parseDiagnosis(lines[2] ?? '').findings[0]?.rule).toBe('sum-missing')
  }, 120_000)

  test('--jsonl: a line of another shape is named', async () => {
    const { exitCode, stderr } = await runCli(['diagnose', '--jsonl'], { stdin: '{"id":1,"log":""}\n{"id":2}\n' })
    expect(exitCode).toBe(2)
    expect(stderr).toContain('standard input:2')
  })
})

describe('the rest of the command line', () => {
  test('rules --json has every text of every rule', async () => {
    const { exitCode, stdout } = await runCli(['rules', '--json'])
    const rules = JSON.parse(stdout) as Readonly<Record<string, unknown>>[]
    expect([exitCode, rules.length >= 30]).toEqual([0, true])
    for (const rule of rules) {
      for (const name of ['id', 'title', 'what', 'why', 'fix', 'docs']) {
        expect([rule.id, name, typeof rule[name], rule[name] === '']).toEqual([rule.id, name, 'string', false])
      }
    }
    expect((await runCli(['rules'])).stdout).toContain(String(rules[0]?.id))
  })

  test('--version and --help', async () => {
    expect((await runCli(['--version'])).stdout).toMatch(/^gopreflight \d+\.\d+\.\d+\n$/)
    for (const args of [['--help'], ['check', '--help'], ['diagnose', '-h'], ['rules', '--help']]) {
      const { exitCode, stdout, stderr } = await runCli(args)
      expect([exitCode, stderr, stdout.includes('Usage:')]).toEqual([0, '', true])
    }
    expect((await runCli(['check', '--help'])).stdout).toContain('--working-directory')
    // What only the runner can do is no flag.
    expect((await runCli(['check', '--help'])).stdout).not.toContain('--annotations')
  })

  test.each([[['rules']], [['rules', '--json']], [['check', '--help']]])(
    'a reader that goes away is no crash: %j',
    async (args) => {
      const child = spawn(process.execPath, [cli, ...args], { env: environment(), stdio: ['ignore', 'pipe', 'pipe'] })
      const said: Buffer[] = []
      child.stderr.on('data', (chunk: Buffer) => said.push(chunk))
      child.stdout.destroy()
      const exitCode = await new Promise((resolve) => child.once('close', resolve))
      expect([exitCode, Buffer.concat(said).toString()]).toEqual([0, ''])
    },
  )
})
