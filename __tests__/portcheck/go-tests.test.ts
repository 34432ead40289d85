import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'

import { describe, expect, test } from '@jest/globals'

const run = promisify(execFile)
const portcheck = path.resolve(import.meta.dirname, '../../portcheck')

// An empty GOFLAGS falls back to the file of `go env -w`, so that file is off too.
const env = { ...process.env, GOFLAGS: '', GOTOOLCHAIN: 'local', GOENV: 'off', GOWORK: 'off' }

/** Runs a command in portcheck/ and returns what it printed; a failure shows that as well. */
async function go(...argv: readonly string[]): Promise<string> {
  const [command = '', ...args] = argv
  try {
    const { stdout, stderr } = await run(command, args, { cwd: portcheck, env, maxBuffer: 32 << 20 })
    return stdout + stderr
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string }
    throw new Error(`${argv.join(' ')} failed\n${stdout}${stderr}`, { cause: error })
  }
}

describe('portcheck, the Go program', () => {
  test('go vet', async () => {
    expect(await go('go', 'vet', './...')).toBe('')
  }, 180_000)

  test('go test', async () => {
    const printed = await go('go', 'test', '-short', './...')
    // A list of packages without a single test would pass too.
    expect(printed).toMatch(/^ok\s+\S+\/internal\/run\s/mu)
  }, 180_000)

  test('gofmt', async () => {
    const goroot = (await go('go', 'env', 'GOROOT')).trim()
    expect(await go(path.join(goroot, 'bin', 'gofmt'), '-l', '.')).toBe('')
  }, 60_000)
})
