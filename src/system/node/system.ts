import type { Log, System } from '../types.ts'
import { createFiles } from './files.ts'
import { createHost } from './host.ts'
import { createHttp } from './http.ts'
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
  return {
    host,
    env,
    processes: createProcesses({ env, platform: host.platform, signal }),
    files: createFiles(env.RUNNER_TEMP ?? host.tempDir),
    http: createHttp(env),
    clock: {
      now: () => Date.now(),
      seconds: () => performance.now() / 1000,
      sleep: (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000)),
    },
    log: options.log ?? createTerminalLog({ write: (text) => process.stderr.write(text) }),
    signal,
  }
}
