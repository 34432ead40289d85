import { spawn } from 'node:child_process'
import * as fs from 'node:fs/promises'
import { StringDecoder } from 'node:string_decoder'

interface NodeRun {
  readonly node: string
  readonly script: string
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  readonly onLine: (line: string) => void
  /** Seconds until the workflow is cancelled. */
  readonly cancelAfter?: number | undefined
}

export interface NodeExit {
  /** null when it was killed. */
  readonly exitCode: number | null
  readonly cancelled: boolean
  /** The signals it took to end it, none when it ended by itself. */
  readonly signals: readonly NodeJS.Signals[]
}

const ladder: readonly (readonly [signal: NodeJS.Signals, thenWait: number])[] = [
  ['SIGINT', 7500],
  ['SIGTERM', 2500],
  ['SIGKILL', 0],
]

/**
 * Runs a script as the runner runs an action (NodeScriptActionHandler.cs, ProcessInvoker.cs): no standard input, both
 * outputs read line by line, cancellation by SIGINT, SIGTERM and SIGKILL to this one process and never its children,
 * and no more than five seconds of waiting for an output that a child still holds.
 */
export async function runNode(run: NodeRun): Promise<NodeExit> {
  const child = spawn(run.node, [run.script], { cwd: run.cwd, env: run.env, stdio: ['ignore', 'pipe', 'pipe'] })
  const signals: NodeJS.Signals[] = []
  let timer: NodeJS.Timeout | undefined
  const climb = (step: number): void => {
    const [signal, wait] = ladder[step] ?? []
    if (signal === undefined) return
    signals.push(signal)
    child.kill(signal)
    timer = setTimeout(() => climb(step + 1), wait)
  }
  if (run.cancelAfter !== undefined) timer = setTimeout(() => climb(0), run.cancelAfter * 1000)
  const closed = Promise.all([child.stdout, child.stderr].map((stream) => readLines(stream, run.onLine)))
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once('exit', resolve)
    child.once('error', reject)
  })
  clearTimeout(timer)
  let waiting: NodeJS.Timeout | undefined
  await Promise.race([closed, new Promise((resolve) => (waiting = setTimeout(resolve, 5000)))])
  clearTimeout(waiting)
  child.stdout.destroy()
  child.stderr.destroy()
  return { exitCode, cancelled: signals.length > 0, signals }
}

/** Lines as .NET's reader cuts them: a carriage return alone ends one too. */
function readLines(stream: NodeJS.ReadableStream, onLine: (line: string) => void): Promise<void> {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  return new Promise((resolve) => {
    stream.on('data', (chunk: Buffer) => {
      const lines = (rest + decoder.write(chunk)).split(/\r\n|\n|\r(?!$)/)
      rest = lines.pop() ?? ''
      lines.forEach(onLine)
    })
    stream.on('close', () => {
      if (rest !== '') onLine(rest)
      resolve()
    })
  })
}

export interface Orphan {
  readonly pid: number
  readonly command: string
}

/** Processes that are left of a job, by the variable the runner finds them with (JobExtension.cs). Linux only. */
export async function findOrphans(trackingId: string): Promise<readonly Orphan[]> {
  const orphans: Orphan[] = []
  const pids = (await fs.readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name))
  for (const pid of pids) {
    const environment = await fs.readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '')
    if (!environment.split('\0').includes(`RUNNER_TRACKING_ID=${trackingId}`)) continue
    const command = (await fs.readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).replaceAll('\0', ' ').trim()
    orphans.push({ pid: Number(pid), command })
  }
  return orphans
}
