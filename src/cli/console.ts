import type { System } from '../system/types.ts'

/** What the commands write to and read from, so that tests need no terminal. */
export interface Console {
  readonly out: (text: string) => Promise<void>
  readonly colour: boolean
  readonly width: number
  /** True when somebody watches standard error: what is found is then told as it is found. */
  readonly live: boolean
  /** Chunks of standard input. */
  readonly stdin: () => AsyncIterable<Buffer | string>
  readonly cwd: string
}

export type ExitCode = 0 | 1 | 2 | 3 | 130

/** One command of the command line: its arguments in, its exit code out. */
export type CliCommand = (args: readonly string[], system: System, console: Console) => Promise<ExitCode>
