import { plainLine } from '../harmless.ts'

/** Longest line that goes to a log; the runner itself keeps up to 64 KiB, nobody reads that. */
const longestLine = 8192

/**
 * Text as lines that the runner prints and nothing else: plain lines in which nothing is left that setup-go's problem
 * matcher `^\s*(.+\.go):(?:(\d+):(\d+):)? (.*)` takes for an error. Readers lose a colon or gain a space at most.
 */
export function harmlessLines(text: string): readonly string[] {
  return text.split('\n').map(harmlessLine)
}

function harmlessLine(line: string): string {
  const clean = plainLine(line)
  const cut = clean.length > longestLine ? `${clean.slice(0, longestLine)} …` : clean
  return cut.replace(/\.go:(\d+):(\d+): /g, '.go:$1:$2 ').replace(/\.go: /g, '.go - ')
}
