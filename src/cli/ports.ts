import path from 'node:path'

import { loadInputs } from '../config/load.ts'
import { rules } from '../diagnosis/rules/index.ts'
import type { PortCheckError } from '../domain/port-check.ts'
import { namedBase } from '../pipeline/base.ts'
import { docsAddress } from '../pipeline/docs-address.ts'
import { run } from '../pipeline/run.ts'
import { writeOutput } from '../pipeline/write-output.ts'
import ports from '../probes/ports.ts'
import { renderJson } from '../reporters/json.ts'
import { renderPortError } from '../reporters/port-error.ts'
import { renderTerminal } from '../reporters/terminal.ts'
import type { System } from '../system/types.ts'
import { userCacheRoot } from '../toolchain/go-settings.ts'
import type { Console, ExitCode } from './console.ts'
import { checkedDir } from './directory.ts'
import { openExample } from './example.ts'
import { readFlags } from './flags.ts'
import { commandHelp, portsFlags, portsInputs } from './help.ts'

/** `ports [DIR]`: the port check alone, quick enough to wait for. */
export async function checkPortsOf(args: readonly string[], system: System, console: Console): Promise<ExitCode> {
  const flags = readFlags(args, portsFlags, portsInputs)
  if (flags.on.has('help')) {
    await console.out(commandHelp('ports [DIR] [flags]', portsFlags, portsInputs))
    return 0
  }
  const dir = await checkedDir(system, console, flags.positionals, 'ports')
  const example = await openExample(system, dir)
  try {
    const settings = loadInputs({
      entry: 'cli',
      // The targets of an example are what it wants to be built; here they would leave the other ports out.
      value: (name) =>
        name === 'probes' ? 'ports' : ((name === 'base' ? flags.text.get('changed') : flags.inputs.get(name)) ?? ''),
      probes: [ports.name],
      rules: rules.map((rule) => rule.id),
    })
    const report = await run({
      system: example.system,
      toolchainSystem: system,
      settings,
      dir,
      toolCacheRoot: userCacheRoot(system.env, system.host),
      probes: [ports],
      docsUrl: docsAddress(),
      base: () => Promise.resolve(namedBase(settings.base)),
      portsAlone: {
        onlyTargets: flags.inputs.has('targets'),
        ...(console.live ? { onError: liveErrors(system, dir) } : {}),
      },
    })
    system.log.progress('')
    const json = renderJson(report)
    const colour = console.colour && !flags.on.has('no-color')
    await console.out(flags.on.has('json') ? json : renderTerminal(report, { colour, width: console.width }))
    if (settings.reportFile !== undefined)
      await writeOutput(system.files, 'report-file', path.resolve(console.cwd, settings.reportFile), json)
    if (report.partial === true) return 130
    return report.verdict === 'fail' ? 1 : 0
  } finally {
    await example.cleanUp()
  }
}

/** Prints errors of the user's own code as they are found, each once; the report at the end has all, explained. */
function liveErrors(system: System, dir: string): (error: PortCheckError) => void {
  const seen = new Set<string>()
  return (error) => {
    const key = [error.file, error.line, error.column, error.message].join('\0')
    if (!error.main || seen.has(key)) return
    seen.add(key)
    const file = error.file === '' ? '' : path.relative(dir, error.file)
    system.log.info(renderPortError({ ...error, file }))
  }
}
