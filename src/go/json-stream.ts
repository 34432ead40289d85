/**
 * The values of concatenated JSON as the go command prints them (`go list -json`: indented objects, one after the other,
 * or an array). Throws SyntaxError, naming the line, when a value is not whole.
 */
export function parseJsonStream(text: string): readonly unknown[] {
  const trimmed = text.trim()
  if (trimmed === '') return []
  if (trimmed.startsWith('[')) {
    const value: unknown = JSON.parse(trimmed)
    return Array.isArray(value) ? value : [value]
  }
  const values: unknown[] = []
  let start = 0
  while (start < trimmed.length) {
    // encoding/json indents everything but the closing brace of the outermost object.
    const close = trimmed.indexOf('\n}\n', start)
    const oneLine = close < 0 ? undefined : trimmed.slice(start, close + 2)
    const part = oneLine ?? trimmed.slice(start)
    if (part.trim() !== '') values.push(...parsePart(part))
    start += part.length + 1
  }
  return values
}

function parsePart(part: string): readonly unknown[] {
  try {
    return [JSON.parse(part)]
  } catch (error) {
    // One object a line (go build -json) ends up here as a block.
    const lines = part.split('\n').filter((line) => line.trim() !== '')
    if (lines.length > 1 && lines.every((line) => line.startsWith('{') && line.trimEnd().endsWith('}'))) {
      return lines.map((line) => JSON.parse(line) as unknown)
    }
    throw error
  }
}
