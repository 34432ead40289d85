import { createTwoFilesPatch } from 'diff'

/** A unified diff of one file as `git apply` takes it, or `''` when nothing changes. */
export function unifiedDiff(name: string, before: string, after: string): string {
  if (before === after) return ''
  return createTwoFilesPatch(`a/${name}`, `b/${name}`, before, after, undefined, undefined, { context: 3 }).replace(
    /^=+\n/,
    '',
  )
}
