import path from 'node:path'

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'

import { makeFolder } from '../helpers/folder.ts'
import {
  fingerprint,
  git,
  makeRepository,
  serveRepository,
  type GitServer,
  type TestRepository,
} from '../helpers/git-repository.ts'
import { runAction, testsWithAction, type ActionResult } from '../helpers/runner-simulator.ts'

const root = path.resolve(import.meta.dirname, '../..')
const main = path.join(root, process.env.GOPREFLIGHT_DIST ?? 'dist', 'main.js')
// The standard library and portcheck are compiled once for all of these tests, and for the next time they run.
const warmCache = path.join(root, '.tmp', 'e2e-go-build')
const toolCache = path.join(root, '.tmp', 'e2e-tools')

const token = 'ghs_sentinelToken'
const policyFile = '.github/gopreflight.yml'

testsWithAction(describe)('a pull request in the runner', () => {
  let origin: TestRepository
  let server: GitServer
  let checkout: string
  let topic: string

  beforeAll(async () => {
    origin = await makeRepository({
      'go.mod': 'module example.com/m\n\ngo 1.22\n',
      'old.go': 'package m\n\nimport "syscall"\n\nfunc Stop() error { return syscall.Kill(1, syscall.SIGTERM) }\n',
      [policyFile]: 'targets:\n  openbsd/*: must-build\n',
    })
    origin.git('checkout', '--quiet', '-b', 'topic')
    topic = await origin.commit({
      'new.go': 'package m\n\nimport "syscall"\n\nvar Pages = syscall.MAP_SHARED + syscall.Getpagesize()\n',
      [policyFile]: 'targets:\n  openbsd/*: must-build\n  plan9/*: { may-fail: no pages }\n',
    })
    origin.git('checkout', '--quiet', 'main')
    origin.git('merge', '--quiet', '--no-ff', '-m', 'merge', 'topic')
    server = await serveRepository(origin.dir, token)
    const folder = await makeFolder()
    // As actions/checkout leaves it: the merge commit and nothing before it.
    git(folder, 'clone', '--quiet', '--depth=1', `file://${origin.dir}`, 'c')
    checkout = path.join(folder, 'c')
    git(checkout, 'remote', 'set-url', 'origin', server.url)
  })
  afterAll(() => server.close())

  const run = (inputs: Readonly<Record<string, string>>): Promise<ActionResult> =>
    runAction({
      action: main,
      workspace: checkout,
      toolCache,
      inputs: { probes: 'ports', cache: 'false', ...inputs },
      event: {
        repository: 'owner/name',
        payload: { pull_request: { head: { sha: topic }, base: { sha: '1'.repeat(40) } } },
      },
      env: {
        GITHUB_SERVER_URL: new URL(server.url).origin,
        GOCACHE: warmCache,
        GOPROXY: 'off',
        GOSUMDB: 'off',
        GOTOOLCHAIN: 'local',
      },
    })

  test('what is new fails, on its line; what was there before does not; the policy cannot loosen itself', async () => {
    const before = fingerprint(checkout)
    const result = await run({ token })
    expect(result.outcome).toBe('failure')
    const at = result.annotations.map(({ level, file, line }) => `${level} ${file ?? '-'}:${line ?? '-'}`)
    expect(at.sort()).toEqual(['error new.go:5', `notice ${policyFile}:3`, 'notice old.go:5'])
    const text = JSON.stringify(result.annotations)
    expect(text).toContain('New since the base')
    expect(text).toContain('already')
    const everything = JSON.stringify([result.log, result.summary, result.outputs, result.env])
    expect(everything).not.toContain(token)
    expect(everything).not.toContain(Buffer.from(`x-access-token:${token}`).toString('base64'))
    expect(server.tokens.length).toBeGreaterThan(0)
    expect(fingerprint(checkout)).toBe(before)
    expect(result.orphans).toEqual([])
  }, 180_000)

  test('without the token the base cannot be had: that is said, and the rules without a base hold', async () => {
    const result = await run({ token: 'wrong' })
    expect([result.outcome, result.outputs.verdict]).toEqual(['success', 'pass'])
    expect(result.summary).toContain('Nothing was compared with the commit that this pull request is merged into')
  }, 180_000)
})
