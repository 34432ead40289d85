import path from 'node:path'

import { targetEnvironment, type Target } from '../domain/port.ts'
import type { ProcessResult, System } from '../system/types.ts'
import { quoteArgument } from './quote.ts'

/** The go command, bound to a toolchain, a module directory and the settings of the run. */
export interface Go {
  /** Directory that commands run in, absolute. */
  readonly dir: string
  /** `go1.26.8`. */
  readonly version: string
  readonly run: (args: readonly string[], options?: GoRunOptions) => Promise<GoRun>
  /** The same go command in another directory. */
  readonly in: (dir: string) => Go
}

export interface GoRunOptions {
  readonly target?: Target
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly timeoutSeconds?: number
  /** Most bytes of stdout to keep; structured output wants more than the default. */
  readonly keepBytes?: number
  readonly onLine?: (line: string, stream: 'stdout' | 'stderr') => void
}

/** One finished go command. */
export interface GoRun {
  /** As a person would type it, with the variables of the target in front. */
  readonly command: string
  readonly result: ProcessResult
  /** Exit code 0, not timed out, not cancelled. */
  readonly ok: boolean
}

interface GoOptions {
  readonly system: System
  /** Absolute path of the go binary. */
  readonly goBinary: string
  readonly goroot: string
  readonly version: string
  readonly dir: string
  readonly gotoolchain: string
  readonly timeoutSeconds: number
}

/**
 * The go command as the probes use it. GOROOT is that of the toolchain, whatever a stale variable says, and its bin
 * folder leads PATH, so that tools which call `go` again find the same one.
 */
export function createGo(options: GoOptions): Go {
  const { system, goBinary, goroot } = options
  const separator = system.host.platform === 'win32' ? ';' : ':'
  const searchPath = system.env.PATH ?? system.env.Path ?? ''
  const base = {
    PATH: `${path.dirname(goBinary)}${separator}${searchPath}`,
    GOROOT: goroot,
    GOTOOLCHAIN: options.gotoolchain,
  }
  return {
    dir: options.dir,
    version: options.version,
    in: (dir) => createGo({ ...options, dir }),
    async run(args, runOptions = {}) {
      const targetEnv = runOptions.target === undefined ? {} : targetEnvironment(runOptions.target)
      const extra = { ...targetEnv, ...runOptions.env }
      const result = await system.processes.run({
        argv: [goBinary, ...args],
        cwd: options.dir,
        env: { ...base, ...extra },
        timeoutSeconds: runOptions.timeoutSeconds ?? options.timeoutSeconds,
        ...(runOptions.keepBytes === undefined ? {} : { keepBytes: runOptions.keepBytes }),
        ...(runOptions.onLine === undefined ? {} : { onLine: runOptions.onLine }),
      })
      return {
        command: displayCommand(args, extra),
        result,
        ok: result.exitCode === 0 && !result.timedOut && !result.cancelled,
      }
    },
  }
}

/** `GOOS=windows GOARCH=amd64 go build ./...`. */
export function displayCommand(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>> = {},
): string {
  const variables = Object.entries(env).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${quoteArgument(value)}`],
  )
  return [...variables, 'go', ...args.map(quoteArgument)].join(' ')
}
