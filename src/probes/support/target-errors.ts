import type { CommandObservation } from '../../domain/observation.ts'
import type { TargetError } from '../../domain/report.ts'
import { reportPath, sourcePath } from '../../modules/source-path.ts'
import type { ProbeContext } from './probe.ts'

const mostPerPackage = 20

/**
 * The errors of a target before any folding, at most 20 a package. A failing build never has none: what carries no
 * position stands at line 0 of no file.
 */
export function targetErrors(
  observation: CommandObservation,
  context: Pick<ProbeContext, 'root' | 'go'>,
  moduleCache: string | undefined,
): { readonly errors: readonly TargetError[]; readonly truncated: boolean } {
  if (!observation.failed) return { errors: [], truncated: false }
  const place = { root: context.root, dir: context.go.dir, moduleCache }
  const all = observation.messages
    .filter((message) => message.kind === 'error' && !message.text.endsWith('too many errors'))
    .map((message): TargetError => {
      const position = message.position
      const column = position?.column
      return {
        package: (message.package ?? '').split(' ')[0] ?? '',
        file: position === undefined ? '' : reportPath(sourcePath(position.file, place)),
        line: position?.line ?? 0,
        ...(column === undefined ? {} : { column }),
        message: message.text,
        by: 'build',
      }
    })
  const counts = new Map<string, number>()
  const errors = all.filter((error) => {
    const count = (counts.get(error.package) ?? 0) + 1
    counts.set(error.package, count)
    return count <= mostPerPackage
  })
  if (errors.length > 0) return { errors, truncated: errors.length < all.length }
  const text =
    observation.tail.at(-1) ?? (observation.timedOut ? 'timed out' : `exit code ${observation.exitCode ?? 'unknown'}`)
  return { errors: [{ package: '', file: '', line: 0, message: text, by: 'build' }], truncated: false }
}
