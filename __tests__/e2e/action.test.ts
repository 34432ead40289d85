import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import * as fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'

import { startCacheServer } from '../helpers/cache-server.ts'
import { runAction, testsWithAction, type ActionRequest } from '../helpers/runner-simulator.ts'

const root = path.resolve(import.meta.dirname, '../..')
const main = path.join(root, process.env.GOPREFLIGHT_DIST ?? 'dist', 'main.js')
// The standard library is compiled once for all of these tests, and for the next time they run.
const warmCache = path.join(root, '.tmp', 'e2e-go-build')
// So is portcheck, which the first of them builds.
const toolCache = path.join(root, '.tmp', 'e2e-tools')

testsWithAction(describe)('the bundle in the runner', () => {
  let dir: string
  let workspace: string

  beforeEach(async () => {
    dir = await fs.realpath(await fs.mkdtemp(path.join(os.tmpdir(), 'e2e-action-')))
    workspace = path.join(dir, 'workspace')
    await fs.mkdir(workspace)
  })
  afterEach(() => fs.rm(dir, { recursive: true }))

  const run = (request: Partial<ActionRequest> = {}) =>
    runAction({
      action: main,
      workspace,
      toolCache,
      ...request,
      env: {
        GOCACHE: warmCache,
        GOMODCACHE: path.join(dir, 'mod'),
        GOPROXY: 'off',
        GOSUMDB: 'off',
        GOTOOLCHAIN: 'local',
        ...request.env,
      },
    })
  const example = (name: string) => fs.cp(path.join(root, 'examples', name), workspace, { recursive: true })
  const write = async (name: string, text: string): Promise<void> => {
    await fs.mkdir(path.dirname(path.join(workspace, name)), { recursive: true })
    await fs.writeFile(path.join(workspace, name), text)
  }

  test('healthy: passes without a word on the pull request, and leaves Go behind for later steps', async () => {
    await example('healthy')
    const result = await run({ inputs: { 'report-file': 'report.json' } })
    expect([result.outcome, result.annotations, result.log.filter((line) => line.startsWith('##[error]'))]).toEqual([
      'success',
      [],
      [],
    ])
    expect(result.outputs).toMatchObject({ verdict: 'pass', errors: '0', warnings: '0', 'cache-hit': 'false' })
    expect(result.outputs['go-version']).toMatch(/^1\.\d+/)
    expect(result.path.at(-1)).toMatch(/[/\\]bin$/)
    expect(result.env.GOTOOLCHAIN).toBe('local')
    expect(result.matchers).toEqual(['go'])
    expect([result.orphans, result.summaryDropped, result.summary.length > 0]).toEqual([[], false, true])
    expect(JSON.parse(await fs.readFile(path.join(workspace, 'report.json'), 'utf8'))).toMatchObject({
      verdict: 'pass',
    })
    expect(result.post?.succeeded).toBe(true)
  }, 180_000)

  test('one-os-only: an annotation on the line, made once', async () => {
    await example('one-os-only')
    const result = await run({ inputs: { targets: 'linux/amd64 windows/amd64' } })
    expect([result.outcome, result.outputs.verdict]).toEqual(['failure', 'fail'])
    const errors = result.annotations.filter(({ level }) => level === 'error')
    expect(errors.length).toBeGreaterThan(0)
    expect(errors[0]).toMatchObject({ by: 'command', file: 'main.go' })
    expect([6, 7]).toContain(errors[0]?.line)
    // Nothing in the log became a second annotation through setup-go's matcher.
    expect(result.annotations.filter(({ by }) => by !== 'command')).toEqual([])
    expect(result.droppedAnnotations).toEqual([])
  }, 180_000)

  test('wrong inputs: one error that names them all', async () => {
    await example('healthy')
    const { annotations, outcome, exitCode } = await run({ inputs: { cache: 'perhaps', cgo: 'maybe', 'fail-on': 'x' } })
    expect([outcome, exitCode]).toEqual(['failure', 2])
    expect(annotations).toEqual([
      { level: 'error', title: expect.any(String), message: expect.any(String), by: 'command' },
    ])
    for (const name of ['cache', 'cgo', 'fail-on']) expect(annotations[0]?.message).toContain(name)
  })

  test('what the module says is no command', async () => {
    await write('go.mod', 'module example.com/m\n\ngo 1.24\n')
    const evil = 'x::error::gotcha%0A##[add-path]/evil'
    await write(
      'm.go',
      `package m\n\nvar a = "${evil}" + 1\n\n//line ::error::gotcha.go:1\nvar b int = "##[error]gotcha"\n`,
    )
    const result = await run()
    expect(result.outcome).toBe('failure')
    expect(result.annotations.filter(({ message }) => message.startsWith('gotcha'))).toEqual([])
    expect(result.annotations.filter(({ by }) => by !== 'command')).toEqual([])
    expect(result.path.filter((entry) => entry.includes('evil'))).toEqual([])
  }, 180_000)

  test('children of the build see none of the runner’s secrets', async () => {
    await write('go.mod', 'module example.com/m\n\ngo 1.24\n')
    await write('m.go', 'package m\n')
    const spy = path.join(dir, 'spy.sh')
    const seen = path.join(dir, 'seen')
    await fs.writeFile(spy, `#!/bin/sh\nenv >> ${seen}\nexec "$@"\n`, { mode: 0o755 })
    await run({ env: { GOFLAGS: `-toolexec=${spy}`, GOCACHE: path.join(dir, 'cache'), KEPT: 'kept' } })
    const text = await fs.readFile(seen, 'utf8')
    expect(text).toContain('KEPT=kept')
    expect(text).toContain('RUNNER_TRACKING_ID=')
    expect(
      text
        .split('\n')
        .filter((line) => /sentinel|^(ACTIONS_|INPUT_|STATE_|GITHUB_(ENV|PATH|OUTPUT|STATE|STEP_SUMMARY)=)/.test(line)),
    ).toEqual([])
  }, 180_000)

  test('cancelled in the middle of a build: gone with all its children', async () => {
    await example('healthy')
    const result = await run({ cancelAfter: 3, env: { GOCACHE: path.join(dir, 'cold') } })
    expect([result.outcome, result.exitCode, result.signals, result.orphans]).toEqual([
      'cancelled',
      130,
      ['SIGINT'],
      [],
    ])
    expect(result.seconds).toBeLessThan(10)
    expect(result.post).toBeUndefined()
  }, 60_000)

  test('the caches of one run serve the next', async () => {
    const server = await startCacheServer()
    try {
      await write('go.mod', 'module example.com/m\n\ngo 1.24\n')
      await write('m.go', 'package m\n\nfunc F() int { return 1 }\n')
      const event = { name: 'push', ref: 'refs/heads/main', payload: { repository: { default_branch: 'main' } } }
      const once = async () => {
        await fs.rm(path.join(dir, 'go-build'), { recursive: true, force: true })
        return run({ event, env: { ...server.env, GOCACHE: path.join(dir, 'go-build') } })
      }
      const first = await once()
      expect([first.outcome, first.annotations, first.post?.annotations]).toEqual(['success', [], []])
      const builds = () => server.entries.filter(({ key }) => key.startsWith('gopreflight-build-v1-linux-'))
      expect(builds()).toHaveLength(1)
      const second = await once()
      expect(second.log.join('\n')).toContain(`Build results restored from ${builds()[0]?.key ?? '?'}`)
      expect(builds()).toHaveLength(1)
      server.misbehave.status = 503
      const third = await once()
      expect([third.outcome, third.annotations, third.post?.annotations]).toEqual(['success', [], []])
    } finally {
      await server.close()
    }
  }, 180_000)
})
