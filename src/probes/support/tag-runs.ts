import type { TagRun } from '../../domain/platform.ts'
import type { PortCheck, PortCheckError } from '../../domain/port-check.ts'
import { inside } from '../../modules/source-path.ts'

/** Errors that one set of tags lists; the rest is counted by nobody, for one is enough to act. */
const mostErrors = 50

/**
 * What a set of tags brings: errors in the module's own packages that `known` checks (without tags, and with parts of the
 * set) have not on the same targets.
 */
export function tagRun(
  tags: readonly string[],
  check: Pick<PortCheck, 'errors' | 'slots'>,
  known: readonly Pick<PortCheck, 'errors'>[],
  root: string,
): TagRun {
  const seen = new Map<string, Set<string>>()
  for (const error of known.flatMap((one) => one.errors)) {
    const slots = seen.get(keyOf(error)) ?? new Set<string>()
    for (const slot of error.slots) slots.add(slot)
    seen.set(keyOf(error), slots)
  }
  const errors = check.errors.flatMap((error): readonly TagRun['errors'][number][] => {
    const old = seen.get(keyOf(error))
    const targets = error.slots.filter((slot) => old?.has(slot) !== true)
    if (!error.main || targets.length === 0) return []
    const file = error.file === '' ? undefined : inside(root, error.file)
    const column = error.column === undefined ? {} : { column: error.column }
    return [
      {
        package: error.package,
        tests: error.variant !== '',
        message: error.message.split('\n', 1)[0] ?? '',
        targets,
        ...(file === undefined || error.line < 1 ? {} : { at: { file, line: error.line, ...column } }),
      },
    ]
  })
  const checked = check.slots.filter((slot) => slot.status !== 'unsupported').map((slot) => slot.name)
  return { tags, errors: errors.slice(0, mostErrors), checked }
}

function keyOf({ package: name, file, line, column, message }: PortCheckError): string {
  return [name, file, line, column ?? 0, message].join('\0')
}
