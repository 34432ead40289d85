import path from 'node:path'

import { loadInputs } from '../config/load.ts'
import { rules } from '../diagnosis/rules/index.ts'
import { namedBase } from '../pipeline/base.ts'
import { docsAddress } from '../pipeline/docs-address.ts'
import { run } from '../pipeline/run.ts'
import { writeOutput } from '../pipeline/write-output.ts'
import { probes } from '../probes/index.ts'
import { renderJson } from '../reporters/json.ts'
import { renderSummary } from '../reporters/summary.ts'
import { renderTerminal } from '../reporters/terminal.ts'
import type { System } from '../system/types.ts'
import type { Console, ExitCode } from './console.ts'
import { checkedDir } from './directory.ts'
import { openExample } from './example.ts'
import { readFlags } from './flags.ts'
import { checkFlags, commandHelp } from './help.ts'
import { userCacheRoot } from '../toolchain/go-settings.ts'

/** `check [DIR]`: the whole pipeline on a directory. */
export async function check(args: readonly string[], system: System, console: Console): Promise<ExitCode> {
  const flags = readFlags(args, checkFlags, true)
  if (flags.on.has('help')) {
    await console.out(commandHelp('check [DIR] [flags]', checkFlags, true))
    return 0
  }
  const dir = await checkedDir(system, console, flags.positionals, 'check')
  const example = await openExample(system, dir)
  try {
    const settings = loadInputs({
      entry: 'cli',
      value: (name) => flags.inputs.get(name) ?? example.inputs.get(name) ?? '',
      probes: probes.map((probe) => probe.name),
      probesOnDemand: probes.filter((probe) => probe.onDemand === true).map((probe) => probe.name),
      rules: rules.map((rule) => rule.id),
    })
    const report = await run({
      system: example.system,
      // An example's file proxy serves its modules and no Go.
      toolchainSystem: system,
      settings,
      dir,
      toolCacheRoot: userCacheRoot(system.env, system.host),
      probes,
      docsUrl: docsAddress(),
      base: () => Promise.resolve(namedBase(settings.base)),
    })
    system.log.progress('')
    const json = renderJson(report)
    const colour = console.colour && !flags.on.has('no-color')
    await console.out(flags.on.has('json') ? json : renderTerminal(report, { colour, width: console.width }))
    const write = (input: string, file: string | undefined, content: () => string): Promise<void> =>
      file === undefined
        ? Promise.resolve()
        : writeOutput(system.files, input, path.resolve(console.cwd, file), content())
    await write('report-file', settings.reportFile, () => json)
    await write('summary-file', flags.text.get('summary-file'), () => renderSummary(report, {}))
    if (report.partial === true) return 130
    return report.verdict === 'fail' ? 1 : 0
  } finally {
    await example.cleanUp()
  }
}
