import { rules as allRules } from '../diagnosis/rules/index.ts'
import { docsAddress } from '../pipeline/docs-address.ts'
import { renderRulesJson } from '../reporters/json.ts'
import { renderRules } from '../reporters/terminal.ts'
import type { System } from '../system/types.ts'
import type { Console, ExitCode } from './console.ts'
import { readFlags } from './flags.ts'
import { commandHelp, rulesFlags } from './help.ts'

/** `rules`: what gopreflight can recognise. */
export async function listRules(args: readonly string[], _system: System, console: Console): Promise<ExitCode> {
  const flags = readFlags(args, rulesFlags, false)
  if (flags.on.has('help')) {
    await console.out(commandHelp('rules [--json]', rulesFlags, false))
    return 0
  }
  const docs = docsAddress()
  const rows = allRules.map(({ id, area, title, what, why, fix }) => ({
    id,
    area,
    title,
    what,
    why,
    fix,
    docs: docs(id),
  }))
  const colour = console.colour && !flags.on.has('no-color')
  await console.out(flags.on.has('json') ? renderRulesJson(rows) : renderRules(rows, { colour, width: console.width }))
  return 0
}
