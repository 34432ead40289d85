import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { constants } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import path from 'node:path'

import { childEnvironment } from '../child-environment.ts'
import type { Command, Processes, ProcessResult } from '../types.ts'
import { createCapture } from './capture.ts'
import { createLineSplitter } from './lines.ts'

const graceSeconds = 2
const defaultKeepBytes = 1024 * 1024

interface ProcessOptions {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly platform: string
  readonly signal: AbortSignal
}

/** All children of this process, whichever system started them; one listener ends them with us. */
const running = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of running) killGroup(child, 'SIGKILL', process.platform)
})

/**
 * Children run in a process group of their own: a signal to the child alone leaves compilers and test binaries behind
 * (facts: a killed `go` leaves `compile` running). The group dies on timeout, on cancel and when this process exits.
 */
export function createProcesses(options: ProcessOptions): Processes {
  return {
    run: (command) => run(command, options),
    find: (program, searchPath) => findProgram(program, searchPath ?? readPath(options.env), options),
  }
}

function run(command: Command, options: ProcessOptions): Promise<ProcessResult> {
  const started = performance.now()
  const out = createCapture(command.keepBytes ?? defaultKeepBytes)
  const err = createCapture(defaultKeepBytes)
  const stdoutLines =
    command.onLine && createLineSplitter((line) => command.onLine?.(line, 'stdout'), command.lineLength)
  const stderrLines =
    command.onLine && createLineSplitter((line) => command.onLine?.(line, 'stderr'), command.lineLength)
  const result = (parts: Partial<ProcessResult>): ProcessResult => ({
    exitCode: null,
    timedOut: false,
    cancelled: false,
    ...parts,
    stdout: out.end(),
    stderr: err.end(),
    seconds: (performance.now() - started) / 1000,
  })
  if (options.signal.aborted) return Promise.resolve(result({ cancelled: true }))

  return new Promise((resolve) => {
    const [program, ...args] = command.argv
    const child = spawn(program, args, {
      cwd: command.cwd,
      env: childEnvironment(options.env, command.env, options.platform),
      stdio: [command.stdin === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      detached: options.platform !== 'win32',
      windowsHide: true,
    })
    running.add(child)
    let timedOut = false
    let cancelled = false
    let hardKill: NodeJS.Timeout | undefined
    const stop = (): void => {
      killGroup(child, 'SIGTERM', options.platform)
      hardKill ??= setTimeout(() => killGroup(child, 'SIGKILL', options.platform), graceSeconds * 1000)
    }
    const onAbort = (): void => {
      cancelled = true
      stop()
    }
    const timer = setTimeout(() => {
      timedOut = true
      stop()
    }, command.timeoutSeconds * 1000)
    options.signal.addEventListener('abort', onAbort, { once: true })

    const finish = (parts: Partial<ProcessResult>): void => {
      clearTimeout(timer)
      clearTimeout(hardKill)
      options.signal.removeEventListener('abort', onAbort)
      // Whatever the child left behind (a daemon, a test's server) must not outlive it.
      if (running.delete(child) && options.platform !== 'win32') killGroup(child, 'SIGKILL', options.platform)
      stdoutLines?.end()
      stderrLines?.end()
      resolve(result({ timedOut, cancelled, ...parts }))
    }
    child.stdout?.on('data', (chunk: Buffer) => {
      out.push(chunk)
      stdoutLines?.push(chunk)
    })
    child.stderr?.on('data', (chunk: Buffer) => {
      err.push(chunk)
      stderrLines?.push(chunk)
    })
    child.once('error', (error: NodeJS.ErrnoException) => finish({ spawnError: error.code ?? error.message }))
    // A grandchild that holds the pipes open must not keep us waiting for `close` after the child is gone.
    child.once('exit', (code, signal) => {
      const done = (): void => finish({ exitCode: code, ...(signal === null ? {} : { signal }) })
      const patience = setTimeout(done, 1000)
      child.once('close', () => {
        clearTimeout(patience)
        done()
      })
    })
    if (command.stdin !== undefined && child.stdin) {
      child.stdin.on('error', () => undefined)
      child.stdin.end(command.stdin)
    }
  })
}

/** Signals the whole group; on Windows `taskkill /T` walks the process tree, since there are no groups to signal. */
function killGroup(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL', platform: string): void {
  if (child.pid === undefined) return
  if (platform === 'win32') {
    spawnSync('taskkill', ['/PID', String(child.pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true })
    return
  }
  try {
    process.kill(-child.pid, signal)
  } catch {
    // ESRCH: the group is gone already, which is what was wanted.
  }
}

function readPath(env: Readonly<Record<string, string | undefined>>): string {
  return env.PATH ?? env.Path ?? ''
}

async function findProgram(program: string, searchPath: string, options: ProcessOptions): Promise<string | undefined> {
  for (const candidate of programCandidates(program, searchPath, options.platform, options.env.PATHEXT)) {
    try {
      if (!(await stat(candidate)).isFile()) continue
      await access(candidate, constants.X_OK)
      return candidate
    } catch {
      // Not there or not ours to run: PATH goes on.
    }
  }
  return undefined
}

/** Where a program may be, in order: each folder of PATH, on Windows with each suffix of PATHEXT. Empty folders are left out: they mean the working directory. */
export function programCandidates(
  program: string,
  searchPath: string,
  platform: string,
  pathExt?: string,
): readonly string[] {
  const windows = platform === 'win32'
  const host = windows ? path.win32 : path.posix
  const folders = searchPath.split(host.delimiter).filter((folder) => folder !== '')
  const suffixes =
    windows && host.extname(program) === ''
      ? (pathExt ?? '.COM;.EXE;.BAT;.CMD').split(';').filter((s) => s !== '')
      : ['']
  return folders.flatMap((folder) => suffixes.map((suffix) => host.join(folder, program + suffix)))
}
