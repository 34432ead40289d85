import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { afterAll, expect, test } from '@jest/globals'

interface Row {
  readonly name: string
  readonly failing: number
  readonly found: number
  readonly falsePairs: number
  readonly unlisted: readonly unknown[]
  readonly unneeded: readonly string[]
}

const root = path.resolve(import.meta.dirname, '../..')
const cache = mkdtempSync(path.join(tmpdir(), 'gopreflight-zoo-test-'))

afterAll(() => {
  rmSync(cache, { recursive: true, force: true })
})

// The real portcheck, built from source, against what the real compiler said about the same packages (frozen with
// `npm run truth -- --freeze-zoo`). Offline: every module of the zoo brings its dependencies along.
test('portcheck tells of the zoo what the compiler tells', () => {
  const run = spawnSync(process.execPath, ['truth/truth.mjs', '--zoo', '--json', '--cache', cache], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
    env: { ...process.env, GOPROXY: 'off', GOFLAGS: '-buildvcs=false', GOTOOLCHAIN: 'local', NODE_OPTIONS: '' },
  })
  expect(run.stderr).toBe('')
  const rows = JSON.parse(run.stdout) as readonly Row[]
  expect(rows.flatMap((row) => row.unlisted)).toEqual([])
  expect(rows.flatMap((row) => row.unneeded)).toEqual([])
  expect(rows.reduce((sum, row) => sum + row.falsePairs, 0)).toBe(0)
  // That the zoo was there at all, and most of it wrong.
  expect(rows.map((row) => row.name)).toContain('types')
  expect(rows.reduce((sum, row) => sum + row.found, 0)).toBeGreaterThan(450)
  expect(run.status).toBe(0)
}, 180_000)
