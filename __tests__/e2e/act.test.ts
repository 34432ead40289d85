import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { execFile } from 'node:child_process'
import { cpSync, existsSync } from 'node:fs'
import * as fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'

import { findActionNode } from '../helpers/runner-simulator.ts'

const root = path.resolve(import.meta.dirname, '../..')

/** act on PATH, or where `npm run e2e:act` has put it. */
function findAct(): string | undefined {
  const dirs = [...(process.env.PATH ?? '').split(path.delimiter), path.join(root, '.tmp/act/bin')]
  return dirs.map((dir) => path.join(dir, 'act')).find((file) => existsSync(file))
}

const act = findAct()
const node = findActionNode()
const ready = act !== undefined && node !== undefined
if (!ready) {
  const missing = act === undefined ? 'act is not here; `npm run e2e:act` installs and runs it' : 'there is no Node 24'
  process.stderr.write(`\n!!! SKIPPED: the action in act: ${missing}.\n\n`)
}

/** Runs the script under the Node that act is to find, and nothing of this process's test options. */
function run(...args: readonly string[]): Promise<{ readonly code: number; readonly output: string }> {
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    PATH: `${path.dirname(act ?? '')}${path.delimiter}${process.env.PATH ?? ''}`,
    GOFLAGS: '',
  }
  delete env.NODE_OPTIONS
  return new Promise((resolve) => {
    execFile(
      node ?? '',
      [path.join(root, 'scripts/e2e-act.mjs'), ...args],
      { env, timeout: 280_000, maxBuffer: 1 << 26 },
      (error, stdout, stderr) =>
        resolve({ code: error === null ? 0 : Number(error.code ?? 1), output: stdout + stderr }),
    )
  })
}

;(ready ? describe : describe.skip)('in act', () => {
  let dir: string
  beforeAll(async () => {
    dir = await fs.mkdtemp(path.join(os.tmpdir(), 'act-source-'))
  })
  afterAll(() => fs.rm(dir, { recursive: true }))

  test('the script tells an action that does its work from one that does not', async () => {
    for (const name of ['action.yml', 'matchers.json', 'examples']) {
      cpSync(path.join(root, name), path.join(dir, name), { recursive: true })
    }
    await fs.mkdir(path.join(dir, 'dist'))
    await fs.writeFile(path.join(dir, 'dist/package.json'), '{"type":"module"}')
    await fs.writeFile(path.join(dir, 'dist/main.js'), fakeAction(true))
    expect(await run('--source', dir)).toMatchObject({ code: 0 })
    await fs.writeFile(path.join(dir, 'dist/main.js'), fakeAction(false))
    expect(await run('--source', dir)).toEqual({ code: 1, output: expect.stringContaining('no annotation') })
  }, 120_000)

  test('the healthy example passes, the broken one fails with an annotation on its line', async () => {
    const { code, output } = await run()
    expect([code, code === 0 ? '' : output]).toEqual([0, ''])
  }, 300_000)
})

/** What the workflow looks at, without looking at anything. */
function fakeAction(annotates: boolean): string {
  return `import { execSync } from 'node:child_process'
import { appendFileSync, writeFileSync } from 'node:fs'
const { env } = process
if (env.STATE_ran) process.exit(0)
appendFileSync(env.GITHUB_STATE, 'ran=true\\n')
const broken = env['INPUT_WORKING-DIRECTORY'] === 'examples/one-os-only'
const report = env.GITHUB_WORKSPACE + '/report.json'
writeFileSync(report, '{}')
const version = /go([0-9.]+)/.exec(execSync('go version', { encoding: 'utf8' }))[1]
const outputs = { verdict: broken ? 'fail' : 'pass', errors: broken ? 1 : 0, 'go-version': version, report }
for (const [name, value] of Object.entries(outputs)) appendFileSync(env.GITHUB_OUTPUT, name + '=' + value + '\\n')
if (broken && ${String(annotates)}) console.log('::error file=examples/one-os-only/main.go,line=1::only there')
process.exit(broken ? 1 : 0)
`
}
