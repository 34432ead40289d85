import { AsyncLocalStorage } from 'node:async_hooks'

/**
 * Takes what a toolkit package prints. Called with each complete line; throwing from it fails the toolkit's call at
 * the place that printed the line.
 */
export type LineListener = (line: string) => void

interface Quiet {
  readonly listener: LineListener
  rest: string
}

const quiet = new AsyncLocalStorage<Quiet>()
let installed = false

/**
 * Runs a call of an @actions package with its output taken away. These packages turn every failure of the cache
 * service into `::warning::` or `::error::` on standard output, which is an annotation on a job that is fine; there is
 * no option against it. What belongs to the call is told by its asynchronous context, so other output of the process
 * passes at the same time, and timers or sockets that outlive the call stay silent. Masks pass: they only hide.
 */
export function runQuietly<T>(listener: LineListener, call: () => Promise<T>): Promise<T> {
  install()
  return quiet.run({ listener, rest: '' }, call)
}

function install(): void {
  if (installed) return
  installed = true
  for (const stream of [process.stdout, process.stderr]) {
    const original = stream.write.bind(stream) as (...args: readonly unknown[]) => boolean
    stream.write = (chunk: unknown, ...rest: readonly unknown[]): boolean => {
      const current = quiet.getStore()
      if (current === undefined) return original(chunk, ...rest)
      const done = rest.find((value): value is () => void => typeof value === 'function')
      const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk as Uint8Array).toString('utf8')
      takeLines(current, text, (line) => {
        if (line.startsWith('::add-mask::')) original(`${line}\n`)
        else current.listener(line)
      })
      if (done !== undefined) queueMicrotask(done)
      return true
    }
  }
}

function takeLines(state: Quiet, text: string, take: (line: string) => void): void {
  const lines = (state.rest + text).split('\n')
  state.rest = (lines.pop() ?? '').slice(-8192)
  for (const line of lines) take(line.replace(/\r$/, ''))
}
