/** One output of the action. action.yml and the tables of the docs are made from this table. */
export interface OutputDefinition {
  readonly name: string
  readonly description: string
  readonly origin: 'setup-go' | 'gopreflight'
}

export const outputs: readonly OutputDefinition[] = [
  { name: 'go-version', description: 'The Go version in use, such as 1.26.1.', origin: 'setup-go' },
  {
    name: 'cache-hit',
    description: 'true when the module cache was restored from an exact match.',
    origin: 'setup-go',
  },
  { name: 'verdict', description: 'pass or fail.', origin: 'gopreflight' },
  { name: 'errors', description: 'Number of findings of severity error.', origin: 'gopreflight' },
  { name: 'warnings', description: 'Number of findings of severity warning.', origin: 'gopreflight' },
  { name: 'notices', description: 'Number of findings of severity notice.', origin: 'gopreflight' },
  { name: 'report', description: 'Path of the JSON report.', origin: 'gopreflight' },
  { name: 'summary-file', description: 'Path of a copy of the job summary.', origin: 'gopreflight' },
]
