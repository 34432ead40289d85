import type { FileFact } from '../../domain/facts.ts'
import type { GoWorkFile, ValueLine } from '../../domain/go-files.ts'

/** The `use` line of go.work that a folder in a message stands for: the go command prints it relative to where it ran. */
export function workUse(work: FileFact<GoWorkFile> | undefined, dir: string): ValueLine | undefined {
  const wanted = clean(dir)
  const lines = work?.content.use ?? []
  return (
    lines.find((line) => clean(line.value) === wanted) ??
    lines.find((line) => wanted !== '' && endsWith(wanted, clean(line.value)))
  )
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
