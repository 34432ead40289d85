#!/usr/bin/env node
import { ConfigurationError } from '../config/error.ts'
import { version } from '../pipeline/version.ts'
import { createTerminalLog } from '../system/node/log.ts'
import { createNodeSystem } from '../system/node/system.ts'
import type { CliCommand, Console, ExitCode } from './console.ts'
import { usage } from './help.ts'

/** Loaded when asked for: what a command does not need costs it nothing. */
const commands: Readonly<Record<string, () => Promise<CliCommand>>> = {
  check: async () => (await import('./check.ts')).check,
  diagnose: async () => (await import('./diagnose.ts')).diagnoseLogs,
  ports: async () => (await import('./ports.ts')).checkPortsOf,
  rules: async () => (await import('./rules.ts')).listRules,
}

const cancel = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    // A second one means: now. The children's group dies with us.
    if (cancel.signal.aborted) process.exit(130)
    cancel.abort()
  })
}
// A reader that went away (`| head`) is no bug of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 3))

process.exitCode = await main(process.argv.slice(2))

async function main(args: readonly string[]): Promise<ExitCode> {
  const [name, ...rest] = args
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    await write(usage)
    return name === undefined ? 2 : 0
  }
  if (name === '--version' || name === 'version') {
    await write(`gopreflight ${version}\n`)
    return 0
  }
  const load = commands[name]
  if (load === undefined) {
    process.stderr.write(`There is no command "${name}".\n\n${usage}`)
    return 2
  }
  const colour = process.stdout.isTTY && process.env.NO_COLOR === undefined && process.env.TERM !== 'dumb'
  const log = createTerminalLog({
    write: (text) => process.stderr.write(text),
    columns: process.stderr.isTTY ? process.stderr.columns : undefined,
    debug: rest.includes('--verbose') || rest.includes('-v'),
  })
  const console: Console = {
    out: write,
    colour,
    live: process.stderr.isTTY,
    width: process.stdout.isTTY ? process.stdout.columns : 100,
    stdin: () => process.stdin,
    cwd: process.cwd(),
  }
  try {
    const command = await load()
    return await command(rest, createNodeSystem({ signal: cancel.signal, log }), console)
  } catch (error) {
    if (cancel.signal.aborted) return 130
    if (error instanceof ConfigurationError) {
      process.stderr.write(`${error.message}\n`)
      return 2
    }
    process.stderr.write(`This is a bug in gopreflight ${version}. Please report it with the lines below.\n`)
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
    return 3
  }
}

function write(text: string): Promise<void> {
  return new Promise((resolve) => process.stdout.write(text, () => resolve()))
}
