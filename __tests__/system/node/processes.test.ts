import { readFile } from 'node:fs/promises'
import path from 'node:path'

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'

import { createProcesses, programCandidates } from '../../../src/system/node/processes.ts'
import { makeFolder, removeFolder } from '../../helpers/folder.ts'

const node = process.execPath
let folder: string
beforeAll(async () => {
  folder = await makeFolder()
})
afterAll(() => removeFolder(folder))

function processes(signal = new AbortController().signal) {
  return createProcesses({
    env: { ...process.env, ACTIONS_RUNTIME_TOKEN: 'secret' },
    platform: process.platform,
    signal,
  })
}

/** A script that starts a child of its own, writes both pids to a file and waits. */
const family = (file: string): string => `
  const { spawn } = require('node:child_process')
  const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)'], { stdio: 'inherit' })
  require('node:fs').writeFileSync(${JSON.stringify(file)}, process.pid + ' ' + child.pid)
  process.on('SIGTERM', () => {})
  setTimeout(() => {}, 60000)`

async function pids(file: string): Promise<readonly number[]> {
  for (let tries = 0; tries < 200; tries++) {
    const text = await readFile(file, 'utf8').catch(() => '')
    if (text.includes(' ')) return text.split(' ').map(Number)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error('the script never started')
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  return true
}

async function gone(list: readonly number[]): Promise<boolean> {
  for (let tries = 0; tries < 100; tries++) {
    if (!list.some(alive)) return true
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return false
}

describe('createProcesses', () => {
  test('gives exit code, output and complete lines, UTF-8 split over chunks included', async () => {
    const lines: string[] = []
    const result = await processes().run({
      argv: [
        node,
        '-e',
        `process.stdout.write(Buffer.from('h\\u00e9llo w\\u00f6rld\\r\\n').subarray(0, 2)); setTimeout(() => { process.stdout.write(Buffer.from('h\\u00e9llo w\\u00f6rld\\r\\n').subarray(2)); process.stderr.write('tail'); process.exitCode = 3 }, 50)`,
      ],
      cwd: folder,
      timeoutSeconds: 20,
      onLine: (line, stream) => lines.push(`${stream}: ${line}`),
    })
    expect(result).toMatchObject({ exitCode: 3, timedOut: false, cancelled: false })
    expect(result.stdout.text).toBe('héllo wörld\r\n')
    expect(lines).toEqual(['stdout: héllo wörld', 'stderr: tail'])
  })

  test('a program that is not there is a result, not an exception', async () => {
    const result = await processes().run({ argv: ['no-such-program-1'], cwd: folder, timeoutSeconds: 5 })
    expect(result).toMatchObject({ exitCode: null, spawnError: 'ENOENT' })
  })

  test('children see no runner secret', async () => {
    const result = await processes().run({
      argv: [node, '-p', 'String(process.env.ACTIONS_RUNTIME_TOKEN)'],
      cwd: folder,
      timeoutSeconds: 20,
    })
    expect(result.stdout.text.trim()).toBe('undefined')
  })

  test('a timeout kills the whole group, even one that ignores SIGTERM', async () => {
    const file = path.join(folder, 'timeout.pids')
    const result = await processes().run({ argv: [node, '-e', family(file)], cwd: folder, timeoutSeconds: 1 })
    expect(result).toMatchObject({ exitCode: null, timedOut: true })
    expect(await gone(await pids(file))).toBe(true)
  })

  test('cancelling kills the whole group, and nothing starts afterwards', async () => {
    const cancel = new AbortController()
    const file = path.join(folder, 'cancel.pids')
    const system = processes(cancel.signal)
    const running = system.run({ argv: [node, '-e', family(file)], cwd: folder, timeoutSeconds: 60 })
    const list = await pids(file)
    cancel.abort()
    expect(await running).toMatchObject({ cancelled: true, timedOut: false })
    expect(await gone(list)).toBe(true)
    expect(await system.run({ argv: [node, '-e', '1'], cwd: folder, timeoutSeconds: 5 })).toMatchObject({
      cancelled: true,
    })
  })

  test('a grandchild that holds the pipes does not hold us, and does not survive', async () => {
    const file = path.join(folder, 'daemon.pids')
    const script = `
      const child = require('node:child_process').spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)'], { stdio: 'inherit' })
      require('node:fs').writeFileSync(${JSON.stringify(file)}, process.pid + ' ' + child.pid)
      process.exit(0)`
    const result = await processes().run({ argv: [node, '-e', script], cwd: folder, timeoutSeconds: 30 })
    expect(result.exitCode).toBe(0)
    expect(result.seconds).toBeLessThan(15)
    expect(await gone(await pids(file))).toBe(true)
  })

  test('600 MB of output are neither kept nor a crash', async () => {
    const before = process.memoryUsage().rss
    let peak = before
    const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 20)
    const script = `const block = Buffer.alloc(1 << 20, 'x\\n'); let n = 600; const go = () => { while (n-- > 0) if (!process.stdout.write(block)) return process.stdout.once('drain', go) }; go()`
    const result = await processes().run({ argv: [node, '-e', script], cwd: folder, timeoutSeconds: 120 })
    clearInterval(watch)
    expect(result).toMatchObject({ exitCode: 0, stdout: { truncated: true, totalBytes: 600 * 2 ** 20 } })
    expect(result.stdout.text.length).toBeLessThan(1.1 * 2 ** 20)
    expect(result.stdout.text).toMatch(/^x\n.*\n\[\d+ bytes left out\]\n.*x\n$/s)
    expect(peak - before).toBeLessThan(300 * 2 ** 20)
  })
})

describe('programCandidates', () => {
  test('follows PATH, and PATHEXT on Windows', () => {
    expect(programCandidates('go', '/a::/b', 'linux')).toEqual(['/a/go', '/b/go'])
    expect(programCandidates('go', 'C:\\go\\bin;D:\\x', 'win32', '.EXE;.CMD')).toEqual([
      'C:\\go\\bin\\go.EXE',
      'C:\\go\\bin\\go.CMD',
      'D:\\x\\go.EXE',
      'D:\\x\\go.CMD',
    ])
    expect(programCandidates('go.exe', 'C:\\go\\bin', 'win32')).toEqual(['C:\\go\\bin\\go.exe'])
  })
})
