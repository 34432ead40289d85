/** Imports that a file which does nothing but refuse can need. */
const stubImports = new Set(['errors', 'fmt', 'context', 'io', 'database/sql', 'database/sql/driver'])

/** A file that only refuses is short; longer ones are not looked at, which also bounds the work on hostile input. */
const longestStub = 32 * 1024

/**
 * True when a Go file that stands in for cgo code only refuses to work: it makes an error, and imports nothing that could
 * do the job. A heuristic: what it says is "likely", never "certain".
 */
export function isStubSource(source: string): boolean {
  if (source.length > longestStub) return false
  const code = withoutComments(source)
  const refuses = /errors\.New\(|fmt\.Errorf\(|panic\(/.test(code)
  return refuses && importedPaths(code).every((name) => stubImports.has(name))
}

function withoutComments(source: string): string {
  let code = ''
  for (let at = 0; at < source.length;) {
    const line = source.indexOf('//', at)
    const block = source.indexOf('/*', at)
    const start = Math.min(line < 0 ? Infinity : line, block < 0 ? Infinity : block)
    if (start === Infinity) return code + source.slice(at)
    code += source.slice(at, start)
    const end = start === line ? source.indexOf('\n', start) : source.indexOf('*/', start + 2)
    if (end < 0) return code
    at = start === line ? end : end + 2
  }
  return code
}

function importedPaths(code: string): readonly string[] {
  const paths: string[] = []
  let inBlock = false
  for (const line of code.split('\n')) {
    const trimmed = line.trim()
    if (/^import\s*\(/.test(trimmed)) inBlock = true
    const quoted = /"([^"]+)"/.exec(trimmed)?.[1]
    if ((inBlock || trimmed.startsWith('import ')) && quoted !== undefined) paths.push(quoted)
    if (inBlock && trimmed.includes(')')) inBlock = false
  }
  return paths
}
