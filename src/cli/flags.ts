import { parseArgs, type ParseArgsConfig } from 'node:util'

import { ConfigurationError } from '../config/error.ts'
import { inputs, type InputDefinition } from '../config/inputs.ts'

export interface Flags {
  readonly positionals: readonly string[]
  /** Values of the flags that mirror inputs, by name; several of one flag are joined by newlines. */
  readonly inputs: ReadonlyMap<string, string>
  readonly on: ReadonlySet<string>
  readonly text: ReadonlyMap<string, string>
}

/** A flag that is the command line's own. */
export interface OwnFlag {
  readonly name: string
  readonly kind: 'switch' | 'text'
  readonly description: string
  readonly short?: string
}

/** All inputs that the command line offers, none, or those named. */
export type WithInputs = boolean | readonly string[]

export function offeredInputs(withInputs: WithInputs): readonly InputDefinition[] {
  return inputs.filter(
    (input) =>
      input.entries.includes('cli') && (typeof withInputs === 'boolean' ? withInputs : withInputs.includes(input.name)),
  )
}

/**
 * Reads the arguments of a command: the inputs that the command line offers (when the command takes them) and its own
 * flags. Throws a ConfigurationError that names the flag. `--trimpath` alone means true, `--no-trimpath` false.
 */
export function readFlags(args: readonly string[], own: readonly OwnFlag[], withInputs: WithInputs): Flags {
  const offered = offeredInputs(withInputs)
  const switches = offered.filter((input) => input.kind === 'boolean').map((input) => input.name)
  const valued = new Set([
    ...offered.filter((input) => input.kind !== 'boolean').map((input) => `--${input.name}`),
    ...own.filter((flag) => flag.kind === 'text').map((flag) => `--${flag.name}`),
  ])
  const config: NonNullable<ParseArgsConfig['options']> = {}
  for (const flag of own) {
    config[flag.name] = {
      type: flag.kind === 'switch' ? 'boolean' : 'string',
      ...(flag.short === undefined ? {} : { short: flag.short }),
    }
  }
  for (const input of offered) config[input.name] = { type: 'string', multiple: true }
  let parsed: ReturnType<typeof parseArgs>
  try {
    parsed = parseArgs({
      args: joined(args, valued).map((arg) => spelledOut(arg, switches)),
      options: config,
      allowPositionals: true,
      strict: true,
    })
  } catch (error) {
    throw new ConfigurationError([error instanceof Error ? error.message : String(error)])
  }
  const values = new Map(Object.entries(parsed.values))
  return {
    positionals: parsed.positionals,
    inputs: new Map(
      offered.flatMap(({ name }): [string, string][] => {
        const value = values.get(name)
        return Array.isArray(value) ? [[name, value.join('\n')]] : []
      }),
    ),
    on: new Set(own.flatMap((flag) => (values.get(flag.name) === true ? [flag.name] : []))),
    text: new Map(
      own.flatMap((flag): [string, string][] => {
        const value = values.get(flag.name)
        return typeof value === 'string' ? [[flag.name, value]] : []
      }),
    ),
  }
}

/** A value may begin with a dash (`--ldflags '-s -w'`), which parseArgs takes only behind `=`. */
function joined(args: readonly string[], valued: ReadonlySet<string>): readonly string[] {
  const result: string[] = []
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? ''
    const value = args[at + 1]
    // Another flag of ours in its place means that the value was forgotten; parseArgs says so.
    if (value?.startsWith('-') === true && valued.has(arg) && !/^--[a-z]/.test(value)) {
      result.push(`${arg}=${value}`)
      at++
    } else result.push(arg)
  }
  return result
}

function spelledOut(arg: string, switches: readonly string[]): string {
  for (const name of switches) {
    if (arg === `--${name}`) return `--${name}=true`
    if (arg === `--no-${name}`) return `--${name}=false`
  }
  return arg
}
