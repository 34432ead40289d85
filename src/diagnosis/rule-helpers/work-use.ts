import type { FileFact } from '../../domain/facts.ts'
import type { GoWorkFile, ValueLine } from '../../domain/go-files.ts'

/** The `use` line of go.work that a folder in a message stands for: the go command prints it relative to where it ran. */
export function workUse(work: FileFact<GoWorkFile> | undefined, dir: string): ValueLine | undefined {
  const wanted = clean(dir)
  const lines = work?.content.use ?? []
  return (
    lines.find((line) => clean(line.value) === wanted) ??
    lines.find((line) => wanted !== '' && endsWith(wanted, clean(line.value))) ??
    outside(lines, dir)
  )
}

/** The go command prints the whole path of a folder far above: then the one line that leads up, or is a whole path too. */
function outside(lines: readonly ValueLine[], dir: string): ValueLine | undefined {
  if (!/^(?:[A-Za-z]:)?[\\/]/.test(dir)) return undefined
  const leading = lines.filter((line) => /^(?:\.\.[\\/]){0,50}\.\.[\\/]?$/.test(line.value))
  return leading.length === 1 ? leading[0] : undefined
}

/**
 * The folder of a member as the report names it, relative to the root of the repository: Go prints it relative to where
 * the command ran, which may be another member.
 */
export function memberFolder(work: FileFact<GoWorkFile> | undefined, dir: string): string {
  const use = workUse(work, dir)
  if (work === undefined || use === undefined || /^(?:[A-Za-z]:)?[\\/]/.test(use.value)) return use?.value ?? dir
  const parts: string[] = []
  for (const part of [...work.path.split('/').slice(0, -1), ...use.value.split(/[\\/]/)]) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return parts.length === 0 ? '.' : parts.join('/')
}

function clean(path: string): string {
  return path
    .replaceAll('\\', '/')
    .replace(/^(?:\.\.?\/)+/, '')
    .replace(/\/$/, '')
}

function endsWith(path: string, tail: string): boolean {
  return tail !== '' && tail !== '.' && (path === tail || path.endsWith(`/${tail}`))
}
