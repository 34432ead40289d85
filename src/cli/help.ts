import { offeredInputs, type OwnFlag, type WithInputs } from './flags.ts'

export const checkFlags: readonly OwnFlag[] = [
  { name: 'json', kind: 'switch', description: 'Print the report as one JSON document and nothing else.' },
  { name: 'summary-file', kind: 'text', description: 'Also write the Markdown job summary to this file.' },
  { name: 'no-color', kind: 'switch', description: 'No colours, as NO_COLOR does.' },
  { name: 'verbose', kind: 'switch', description: 'Say more about what is going on.', short: 'v' },
  { name: 'help', kind: 'switch', description: 'Show this help.', short: 'h' },
]

/** What of the inputs means something when nothing is built. */
export const portsInputs: readonly string[] = [
  'go-version',
  'go-version-file',
  'architecture',
  'working-directory',
  'packages',
  'targets',
  'disable',
  'cgo',
  'tags',
  'policy',
  'fail-on',
  'report-file',
  'timeout',
  'gotoolchain',
]

export const portsFlags: readonly OwnFlag[] = [
  {
    name: 'changed',
    kind: 'text',
    description:
      'Compare with this commit, branch or tag: only ports that newly fail, or newly need cgo, are errors (docs/policy.md).',
  },
  { name: 'json', kind: 'switch', description: 'Print the report as one JSON document and nothing else.' },
  { name: 'no-color', kind: 'switch', description: 'No colours, as NO_COLOR does.' },
  { name: 'verbose', kind: 'switch', description: 'Say more about what is going on.', short: 'v' },
  { name: 'help', kind: 'switch', description: 'Show this help.', short: 'h' },
]

export const diagnoseFlags: readonly OwnFlag[] = [
  { name: 'json', kind: 'switch', description: 'Print { findings, unexplained } as JSON.' },
  {
    name: 'jsonl',
    kind: 'switch',
    description: 'Input lines are { id, log }, output lines { id, findings, unexplained }.',
  },
  { name: 'dir', kind: 'text', description: 'Checkout whose files decide between causes.' },
  { name: 'disable', kind: 'text', description: 'Ids of rules to switch off, separated by commas.' },
  { name: 'no-color', kind: 'switch', description: 'No colours, as NO_COLOR does.' },
  { name: 'help', kind: 'switch', description: 'Show this help.', short: 'h' },
]

export const rulesFlags: readonly OwnFlag[] = [
  { name: 'json', kind: 'switch', description: "Print every rule's id, title, what, why, fix and docs as JSON." },
  { name: 'no-color', kind: 'switch', description: 'No colours, as NO_COLOR does.' },
  { name: 'help', kind: 'switch', description: 'Show this help.', short: 'h' },
]

export const usage = `gopreflight says what will break a Go module outside your own laptop.

Usage:
  gopreflight check [DIR] [flags]       check the modules in DIR (default: here)
  gopreflight ports [DIR] [flags]       type-check every port, without compiling
  gopreflight diagnose [FILE ... | -]   explain the output of a failed go command or a CI log
  gopreflight rules                     list the rules
  gopreflight --version

\`gopreflight COMMAND --help\` lists the flags of a command.

Exit codes: 0 nothing at or above --fail-on; 1 findings; 2 wrong usage or configuration;
            3 a bug in gopreflight; 130 cancelled.
`

/** Help of one command; the flags that mirror inputs come from the table of inputs. */
export function commandHelp(synopsis: string, own: readonly OwnFlag[], withInputs: WithInputs): string {
  const offered = offeredInputs(withInputs)
  const rows = [
    ...offered.map((input) => ({
      flag: `--${input.name}${input.kind === 'boolean' ? '' : ` ${(input.values ?? ['VALUE']).join('|')}`}`,
      text:
        input.description +
        (input.default === undefined || input.kind === 'boolean' ? '' : ` Default: ${input.default}.`),
    })),
    ...own.map((flag) => ({
      flag: `${flag.short === undefined ? '' : `-${flag.short}, `}--${flag.name}${flag.kind === 'text' ? ' VALUE' : ''}`,
      text: flag.description,
    })),
  ]
  return `Usage: gopreflight ${synopsis}\n\n${rows.map((row) => `  ${row.flag}\n${wrap(row.text, 6, 100)}`).join('\n')}\n`
}

function wrap(text: string, indent: number, width: number): string {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + word.length + 1 > width - indent) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line].map((one) => ' '.repeat(indent) + one).join('\n')
}
