import path from 'node:path'

import type { Http, Log, Processes, System } from '../types.ts'
import { createFiles } from './files.ts'
import { createHost } from './host.ts'
import { createTerminalLog } from './log.ts'
import { createProcesses } from './processes.ts'

interface NodeSystemOptions {
  readonly signal?: AbortSignal
  readonly log?: Log
  readonly env?: Readonly<Record<string, string | undefined>>
}

/** The real machine. Only entries and tests call this. */
export function createNodeSystem(options: NodeSystemOptions = {}): System {
  const env = options.env ?? { ...process.env }
  const signal = options.signal ?? new AbortController().signal
  const host = createHost()
  const log = options.log ?? createTerminalLog({ write: (text) => process.stderr.write(text) })
  return {
    host,
    env,
    processes: traced(createProcesses({ env, platform: host.platform, signal }), log),
    files: createFiles(env.RUNNER_TEMP ?? host.tempDir),
    http: lazyHttp(env, signal),
    clock: {
      now: () => Date.now(),
      seconds: () => performance.now() / 1000,
      sleep: (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000)),
    },
    log,
    signal,
  }
}

/** Loaded with the first request: its library takes a node longer to start than all the rest of ours. */
function lazyHttp(env: System['env'], signal: AbortSignal): Http {
  let loaded: Promise<Http> | undefined
  const http = (): Promise<Http> => (loaded ??= import('./http.ts').then(({ createHttp }) => createHttp(env, signal)))
  return {
    get: async (url, options) => (await http()).get(url, options),
    download: async (url, file, options) => (await http()).download(url, file, options),
  }
}

/** Every child with its start and duration in the debug log: what --verbose shows and the benchmark reads. */
function traced(processes: Processes, log: Log): Processes {
  return {
    ...processes,
    async run(command) {
      const started = performance.now() / 1000
      const result = await processes.run(command)
      const [program, ...args] = command.argv
      log.debug(
        `ran [${started.toFixed(3)} +${result.seconds.toFixed(3)} s] ${path.basename(program)} ${args.join(' ').slice(0, 200)}`,
      )
      return result
    },
  }
}
