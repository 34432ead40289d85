import type { Fix } from '../../domain/finding.ts'

/** A fix that nothing has proven yet. */
export function advice(summary: string, commands: readonly string[] = []): Fix {
  return commands.length === 0 ? { summary, verified: false } : { summary, commands, verified: false }
}

/**
 * A command line whose words may come from the module under test: a word with anything but plain characters is put in
 * single quotes, so that pasting the fix into a shell runs this command and nothing else.
 */
export function command(...words: readonly string[]): string {
  return words.map(shellWord).join(' ')
}

function shellWord(word: string): string {
  return /^[A-Za-z0-9_./@:=,+~%^-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}
