/* Linear: what repeats cannot hold the character that starts a sequence. */
// eslint-disable-next-line no-control-regex -- control characters are the point
const ansiSequences = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\-_])/g
// eslint-disable-next-line no-control-regex -- control characters are the point
const controls = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g

/**
 * A line that whoever shows it prints and nothing else: no control or bidirectional characters, no colours of a child's,
 * no workflow command in either syntax (`::name::` at the start of a line, `##[name]` anywhere in it: actions/runner
 * ActionCommand.cs), for the command line runs in workflows too. Readers gain a space at most.
 */
export function plainLine(line: string): string {
  return line
    .replace(ansiSequences, '')
    .replace(controls, '')
    .replaceAll('##[', '# #[')
    .replace(/^\s*::/, (start) => `${start.slice(0, -2)}: :`)
}
