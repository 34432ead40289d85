import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { randomUUID } from 'node:crypto'
import * as fs from 'node:fs/promises'
import path from 'node:path'

import { makeFolder, removeFolder, writeFiles } from '../helpers/folder.ts'
import { parseReport, runCli } from '../helpers/run-cli.ts'
import { findOrphans } from '../helpers/runner/process.ts'

/** A compiler that takes a minute and does not want to be disturbed. */
const slowTool = (started: string): string => `#!/bin/sh
case "$*" in *-V=full*) exec "$@" ;; esac
trap '' TERM INT HUP
touch ${started}
sleep 60 &
wait
sleep 60
`

const unix = process.platform === 'win32' ? describe.skip : describe
unix('cancelled in the middle of a slow build', () => {
  let dir: string
  beforeEach(async () => {
    dir = await makeFolder({ 'm/go.mod': 'module example.com/m\n\ngo 1.24\n', 'm/m.go': 'package m\n' })
  })
  afterEach(() => removeFolder(dir))

  const cancelled = async (...flags: readonly string[]) => {
    const started = path.join(dir, 'started')
    await writeFiles(dir, { 'slow.sh': slowTool(started), 'tmp/keep': '' })
    await fs.chmod(path.join(dir, 'slow.sh'), 0o755)
    const id = randomUUID()
    const result = await runCli(['check', path.join(dir, 'm'), ...flags], {
      interruptWhen: started,
      env: {
        GOFLAGS: `-toolexec=${path.join(dir, 'slow.sh')}`,
        GOCACHE: path.join(dir, 'cache'),
        TMPDIR: path.join(dir, 'tmp'),
        RUNNER_TRACKING_ID: id,
      },
    })
    return { ...result, orphans: await findOrphans(id), left: await fs.readdir(path.join(dir, 'tmp')) }
  }

  test('a valid partial report, exit code 130, nothing left', async () => {
    const { exitCode, stdout, secondsAfterInterrupt, orphans, left } = await cancelled('--json')
    expect([exitCode, orphans]).toEqual([130, []])
    expect(secondsAfterInterrupt).toBeLessThan(6)
    const report = parseReport(stdout)
    expect(report).toMatchObject({ partial: true, modules: [{ path: 'example.com/m' }] })
    expect(report.probes.find(({ probe }) => probe === 'build')).toMatchObject({
      outcome: 'skipped',
      reason: 'cancelled',
    })
    // Cancelled is not failed: nothing is said of the module that killed commands seem to say.
    expect(report.findings).toEqual([])
    expect(left.filter((name) => name.startsWith('gopreflight-'))).toEqual([])
  }, 60_000)

  test('the terminal is told as well', async () => {
    const { exitCode, stdout, orphans } = await cancelled()
    expect([exitCode, orphans]).toEqual([130, []])
    expect(stdout).toMatch(/cancel/i)
  }, 60_000)
})
