/** The user's mistake: wrong inputs, flags or files that name settings. Exit code 2; one message that lists every problem. */
export class ConfigurationError extends Error {
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(problems.length === 1 ? (problems[0] ?? '') : problems.map((problem) => `- ${problem}`).join('\n'))
    this.name = 'ConfigurationError'
    this.problems = problems
  }
}
