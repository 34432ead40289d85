import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import * as fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'

import { runAction, testsWithAction, type ActionRequest } from './runner-simulator.ts'

testsWithAction(describe)('fake actions', () => {
  let dir: string
  let workspace: string
  const actionYml = [
    'runs:',
    '  using: node24',
    '  main: main.mjs',
    '  post: post.mjs',
    '  post-if: success()',
    'inputs:',
    '  a-name: { default: preset }',
    "  leg: { default: '${{ strategy.job-index }}' }",
  ].join('\n')

  beforeEach(async () => {
    dir = await fs.mkdtemp(path.join(os.tmpdir(), 'fake-action-'))
    workspace = path.join(dir, 'workspace')
    await fs.mkdir(workspace)
    await fs.writeFile(path.join(dir, 'action.yml'), actionYml)
    await fs.writeFile(path.join(dir, 'post.mjs'), '')
  })
  afterEach(() => fs.rm(dir, { recursive: true }))

  const run = async (main: string, request: Partial<ActionRequest> = {}) => {
    await fs.writeFile(path.join(dir, 'main.mjs'), `import { appendFileSync as append } from 'node:fs'\n${main}`)
    return runAction({ action: dir, workspace, ...request })
  }
  const print = (...lines: readonly string[]): string =>
    `process.stdout.write(${JSON.stringify(`${lines.join('\n')}\n`)})`

  test('an environment from nothing, with the inputs and the secrets of an action', async () => {
    process.env.LEAK_OF_THIS_MACHINE = '1'
    const { log, exitCode } = await run(
      `const { env } = process
       console.log(JSON.stringify([env['INPUT_A-NAME'], env.INPUT_LEG, env.INPUT_OTHER, env.LEAK_OF_THIS_MACHINE ?? null,
         env.GITHUB_ACTIONS, env.ACTIONS_RUNTIME_TOKEN, env.ADDED, process.cwd() === env.GITHUB_WORKSPACE, process.stdin.isTTY ?? null]))`,
      { inputs: { other: 'x' }, env: { ADDED: 'yes' } },
    )
    expect(exitCode).toBe(0)
    expect(JSON.parse(log[0] ?? '')).toEqual([
      'preset',
      '',
      'x',
      null,
      'true',
      'sentinel-runtime-token',
      'yes',
      true,
      null,
    ])
  })

  test('an input nobody declared is a warning', async () => {
    const { annotations } = await run('', { inputs: { other: 'x' } })
    expect(annotations).toEqual([{ level: 'warning', message: "Unexpected input(s) 'other'", by: 'runner' }])
  })

  test('outputs, variables, path, state and summary; the post step sees them', async () => {
    await fs.writeFile(
      path.join(dir, 'post.mjs'),
      'console.log(JSON.stringify([process.env.STATE_s, process.env.E, process.env.PATH.split(":")[0], process.env.GITHUB_OUTPUT !== process.env.E]))',
    )
    const result = await run(
      `const { env } = process
       append(env.GITHUB_OUTPUT, 'o<<X\\n1\\n2\\nX\\n'); append(env.GITHUB_ENV, 'E=' + env.GITHUB_OUTPUT + '\\n')
       append(env.GITHUB_PATH, '/first\\n/second\\n'); append(env.GITHUB_STATE, 's=t\\n'); append(env.GITHUB_STEP_SUMMARY, '# hello')`,
    )
    expect(result.outputs).toEqual({ o: '1\n2' })
    expect(result.path).toEqual(['/first', '/second'])
    expect(result.summary).toBe('# hello')
    expect(result.outcome).toBe('success')
    expect(JSON.parse(result.post?.log[0] ?? '')).toEqual(['t', result.env.E, '/second', true])
  })

  test('a malformed file and NODE_OPTIONS are errors of the step', async () => {
    const result = await run(
      `append(process.env.GITHUB_OUTPUT, 'nonsense\\n'); append(process.env.GITHUB_ENV, 'NODE_OPTIONS=--x\\nK=v\\n')`,
    )
    expect(result.outcome).toBe('failure')
    expect(result.exitCode).toBe(0)
    expect(result.env).toEqual({ K: 'v' })
    expect(result.annotations.map(({ message }) => message)).toEqual([
      "Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command.",
      "Unable to process file command 'output': Invalid format 'nonsense'",
    ])
    expect(result.post).toBeUndefined()
  })

  test('ten annotations a level, the first ones, cut at 4096', async () => {
    const lines = Array.from({ length: 12 }, (_, index) => `::error::e${index}`)
    const { annotations, droppedAnnotations, log } = await run(
      print(...lines, `::warning::${'x'.repeat(5000)}`, '##[notice]n', 'before ##[warning]w'),
    )
    expect(annotations.map(({ message }) => message.slice(0, 3))).toEqual([
      'e0',
      'e1',
      'e2',
      'e3',
      'e4',
      'e5',
      'e6',
      'e7',
      'e8',
      'e9',
      'xxx',
      'n',
      'w',
    ])
    expect(annotations[10]?.message).toHaveLength(4096)
    expect(droppedAnnotations.map(({ message }) => message)).toEqual(['e10', 'e11'])
    expect(log).toContain('##[error]e11')
  })

  test("setup-go's matcher turns a compiler line of any stream into an error", async () => {
    await fs.writeFile(path.join(workspace, 'main.go'), '')
    const { annotations } = await run(
      `${print('main.go:1:2: bad', '\u001b[31mgone.go:3:4: worse\u001b[0m', 'x_test.go:1: fine')}; process.stderr.write('  main.go: odd\\r')`,
    )
    expect(annotations).toEqual([
      { level: 'error', message: 'bad', by: 'go', file: 'main.go', line: 1 },
      { level: 'error', message: 'worse', by: 'go', line: 3 },
      { level: 'error', message: 'odd', by: 'go', file: 'main.go' },
    ])
  })

  test('a matcher of the same owner replaces, remove-matcher removes', async () => {
    const file = path.join(dir, 'm.json')
    const pattern = [{ regexp: '^WARN (.*)$', message: 1 }]
    await fs.writeFile(file, JSON.stringify({ problemMatcher: [{ owner: 'go', severity: 'warning', pattern }] }))
    const { annotations, matchers } = await run(
      print(`::add-matcher::${file}`, 'a.go:1:2: x', 'WARN y', '::remove-matcher owner=go::', 'WARN z'),
    )
    expect(annotations).toEqual([{ level: 'warning', message: 'y', by: 'go' }])
    expect(matchers).toEqual([])
  })

  test('stop-commands stops commands and not matchers', async () => {
    const { annotations, log } = await run(
      print('::stop-commands::t0kenlong', '::error::not one', 'a.go:1:2: one', '::T0KENLONG::', '::error::two'),
    )
    expect(annotations.map(({ message }) => message)).toEqual(['one', 'two'])
    expect(log).toContain('::error::not one')
    expect(log[0]).toBe('::stop-commands::***')
  })

  test('masks hide in the log, in annotations and in the summary', async () => {
    const { annotations, log, summary } = await run(
      `${print('::add-mask::hunter2', 'say hunter2', '::error::hunter2')}; append(process.env.GITHUB_STEP_SUMMARY, 'hunter2')`,
    )
    expect([log[0], annotations[0]?.message, summary]).toEqual(['say ***', '***', '***'])
  })

  test.each(['::set-env name=A::b', '::add-path::/x', '::add-matcher::/absent.json', '::stop-commands::error'])(
    '%s fails the step',
    async (line) => {
      expect((await run(print(line))).outcome).toBe('failure')
    },
  )

  test('a summary over a mebibyte is gone, with an error and no failure', async () => {
    const write = (bytes: number) => `append(process.env.GITHUB_STEP_SUMMARY, 'x'.repeat(${bytes}))`
    const over = await run(write(1024 * 1024 + 1))
    expect([over.summaryDropped, over.summary, over.outcome]).toEqual([true, '', 'success'])
    expect(over.annotations).toEqual([
      { level: 'error', message: expect.stringContaining('upload aborted'), by: 'runner' },
    ])
    const full = await run(write(1024 * 1024))
    expect([full.summaryDropped, full.annotations]).toEqual([false, []])
  })

  test('a carriage return ends a line, a character may come in two pieces', async () => {
    const { annotations, log } = await run(
      `process.stdout.write('progress\\r::error::hidden\\r\\n')
       const bytes = Buffer.from('é\\n'); process.stdout.write(bytes.subarray(0, 1)); setTimeout(() => process.stdout.write(bytes.subarray(1)), 50)`,
    )
    expect(annotations.map(({ message }) => message)).toEqual(['hidden'])
    expect(log).toEqual(['progress', '##[error]hidden', 'é'])
  })

  test('cancelling: SIGINT, and nothing more for an action that leaves', async () => {
    const result = await run(`process.on('SIGINT', () => process.exit(130)); setInterval(() => {}, 1000)`, {
      cancelAfter: 0.3,
    })
    expect([result.outcome, result.exitCode, result.signals]).toEqual(['cancelled', 130, ['SIGINT']])
    expect(result.seconds).toBeLessThan(3)
    expect(result.post).toBeUndefined()
  })

  test('cancelling: SIGTERM after 7.5 s, a kill after 2.5 s more', async () => {
    const result = await run(
      `const start = Date.now()
       for (const s of ['SIGINT', 'SIGTERM']) process.on(s, () => process.stdout.write(s + ' ' + (Date.now() - start) + '\\n'))
       setInterval(() => {}, 1000)`,
      { cancelAfter: 0.5 },
    )
    expect([result.outcome, result.exitCode, result.signals]).toEqual([
      'cancelled',
      null,
      ['SIGINT', 'SIGTERM', 'SIGKILL'],
    ])
    const at = result.log.map((line) => Number(line.split(' ')[1]))
    expect((at[1] ?? 0) - (at[0] ?? 0)).toBeGreaterThan(7300)
    expect(result.seconds).toBeGreaterThan(10)
  })

  test('who stays behind is found, and is ended', async () => {
    const { orphans } = await run(
      `import { spawn } from 'node:child_process'
       spawn('sleep', ['60'], { detached: true, stdio: 'ignore' }).unref()
       const { RUNNER_TRACKING_ID: _, ...env } = process.env
       spawn('sleep', ['1'], { detached: true, stdio: 'ignore', env }).unref()`,
    )
    expect(orphans.map(({ command }) => command)).toEqual(['sleep 60'])
    // Whoever inherits it may not have collected it yet: then it is a zombie, whose environment is empty.
    const environment = `/proc/${orphans[0]?.pid ?? 0}/environ`
    expect(await fs.readFile(environment, 'utf8').catch(() => '')).toBe('')
  })
})
