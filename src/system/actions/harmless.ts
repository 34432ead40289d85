/** Longest line that goes to a log; the runner itself keeps up to 64 KiB, nobody reads that. */
const longestLine = 8192

/* Linear: what repeats cannot hold the character that starts a sequence. */
// eslint-disable-next-line no-control-regex -- control characters are the point
const ansiSequences = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\-_])/g
// eslint-disable-next-line no-control-regex -- control characters are the point
const controls = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g

/**
 * Text as lines that the runner prints and nothing else: no workflow command in either syntax (`::name::` at the start
 * of a line, `##[name]` anywhere in it: actions/runner ActionCommand.cs), nothing that setup-go's problem matcher
 * `^\s*(.+\.go):(?:(\d+):(\d+):)? (.*)` takes for an error, no control or bidirectional characters, no colours of a
 * child's. Readers lose a colon or gain a space at most.
 */
export function harmlessLines(text: string): readonly string[] {
  return text.split('\n').map(harmlessLine)
}

function harmlessLine(line: string): string {
  const clean = line.replace(ansiSequences, '').replace(controls, '')
  const cut = clean.length > longestLine ? `${clean.slice(0, longestLine)} …` : clean
  return cut
    .replaceAll('##[', '# #[')
    .replace(/^\s*::/, (start) => `${start.slice(0, -2)}: :`)
    .replace(/\.go:(\d+):(\d+): /g, '.go:$1:$2 ')
    .replace(/\.go: /g, '.go - ')
}
