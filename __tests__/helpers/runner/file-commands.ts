/**
 * The names and values of an environment file, as the runner reads it on Linux and macOS (FileCommandManager.cs):
 * `name=value`, or `name<<delimiter`, lines, `delimiter`. Throws for anything else, which fails the step.
 */
export function parseKeyValueFile(text: string): readonly (readonly [name: string, value: string])[] {
  const pairs: (readonly [string, string])[] = []
  // Only a line feed ends a line: a carriage return is part of the value.
  const lines = text.split('\n')
  let index = 0
  while (index < lines.length) {
    const line = lines[index++] ?? ''
    if (line === '') continue
    const equals = line.indexOf('=')
    const heredoc = line.indexOf('<<')
    if (heredoc >= 0 && (equals < 0 || heredoc < equals)) {
      const name = line.slice(0, heredoc)
      const delimiter = line.slice(heredoc + 2)
      if (name === '' || delimiter === '') {
        throw new Error(`Invalid format '${line}'. Name must not be empty and delimiter must not be empty`)
      }
      const end = lines.indexOf(delimiter, index)
      if (end < 0) throw new Error(`Invalid value. Matching delimiter not found '${delimiter}'`)
      pairs.push([name, lines.slice(index, end).join('\n')])
      index = end + 1
    } else if (equals > 0) {
      pairs.push([line.slice(0, equals), line.slice(equals + 1)])
    } else {
      throw new Error(`Invalid format '${line}'`)
    }
  }
  return pairs
}
