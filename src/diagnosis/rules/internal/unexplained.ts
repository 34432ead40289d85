import type { Location } from '../../../domain/module.ts'
import type { CommandObservation } from '../../../domain/observation.ts'
import type { Diagnosis, Rule } from '../../../domain/rule.ts'

const rule: Rule = {
  id: 'unexplained',
  area: 'internal',
  title: 'A command failed and no rule knows why',
  what: 'A command failed, or said that something is wrong, and none of the rules recognises what it said.',
  why: 'It is a failure that gopreflight does not know yet, or one that says too little of itself.',
  fix: 'Read the lines shown and run the command by hand. A log of it helps gopreflight to explain it next time.',
  classes: [],
}

export default rule

/** What is left of a command that no rule explains: `lines` are the errors that nobody claims, or its last lines. */
export function unexplainedDiagnosis(
  command: CommandObservation,
  lines: readonly string[],
  locations: readonly Location[],
  causeFound: boolean,
): Diagnosis {
  const name = command.command === '' ? 'The command' : `\`${command.command}\``
  return {
    severity: command.advisory ? 'warning' : 'error',
    // That it failed is certain; the cause is not known at all.
    confidence: 'guess',
    message: sentence(command, name, lines, causeFound),
    fix: {
      summary: 'Run the command by hand and read its output from the top.',
      verified: false,
      ...(command.command === '' ? {} : { commands: [command.command] }),
    },
    locations,
    // Without numbers: the same failure on another target or a moved line is the same.
    key: (lines.length === 0 ? command.command : lines.join('\n')).replace(/\d+/g, '0'),
  }
}

function sentence(command: CommandObservation, name: string, lines: readonly string[], causeFound: boolean): string {
  const first = lines.find((line) => line.trim() !== '')
  const said = first === undefined ? 'It said nothing.' : `It said: ${first.trim().slice(0, 300)}`
  if (causeFound) return `${name} also reports what no rule explains. ${said}`
  if (command.timedOut) return `${name} was stopped because it did not end in time. ${said}`
  // `go list -e` ends well and carries its errors in what it lists.
  const how =
    command.exitCode === null || command.exitCode === 0 ? 'failed' : `failed with exit code ${command.exitCode}`
  return `${name} ${how}, and no rule explains it. ${said}`
}
