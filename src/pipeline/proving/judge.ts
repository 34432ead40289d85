import { messageBlock } from '../../domain/message.ts'
import type { CommandObservation } from '../../domain/observation.ts'
import { formatTarget } from '../../domain/port.ts'

/** One error on one target, as far as it matters whether it is there before and after a change. */
export interface CheckError {
  readonly target: string
  /** Module path; empty for the team's own code. */
  readonly module: string
  readonly package: string
  readonly text: string
}

/** What a candidate does for a finding. */
export type Outcome =
  /** Nothing of the finding is left on its targets, and nothing else fails that did not before. */
  | { readonly kind: 'proven' }
  /** It is gone, and what it hid shows: other errors on the same targets. */
  | { readonly kind: 'uncovers'; readonly error: CheckError; readonly count: number }
  /** It is gone, and the host, which compiled, does not any more. */
  | { readonly kind: 'breaks'; readonly error: CheckError }
  /** The module still does not compile there. */
  | { readonly kind: 'fails'; readonly error: CheckError }

export interface Question {
  /** Paths of the dependency, of what takes its place, and of what brings it in. */
  readonly modules: ReadonlySet<string>
  readonly targets: ReadonlySet<string>
  readonly host: string
}

/** Decides by the errors before and after; both are those of the same check on the targets of the finding and the host. */
export function judgeCandidate(
  question: Question,
  before: readonly CheckError[],
  after: readonly CheckError[],
): Outcome {
  const { modules, targets, host } = question
  const left = after.find((error) => targets.has(error.target) && modules.has(error.module))
  if (left !== undefined) return { kind: 'fails', error: left }
  const known = new Set(before.map(keyOf))
  const fresh = after.filter((error) => !known.has(keyOf(error)))
  const onHost = fresh.find((error) => error.target === host)
  if (onHost !== undefined && !targets.has(host)) return { kind: 'breaks', error: onHost }
  const onTargets = fresh.filter((error) => targets.has(error.target))
  const [first] = onTargets
  return first === undefined ? { kind: 'proven' } : { kind: 'uncovers', error: first, count: onTargets.length }
}

/** Without its line, which another version may have moved. */
function keyOf(error: CheckError): string {
  return [error.target, error.module, error.package, error.text].join('\0')
}

/** The errors of observations, for each target that they hold on. */
export function errorsOf(observations: readonly CommandObservation[]): readonly CheckError[] {
  return observations.flatMap((seen) =>
    [seen.target, ...(seen.alsoOn ?? [])].flatMap((target) =>
      target === undefined
        ? []
        : seen.messages
            .filter((message) => message.kind === 'error')
            .map((message) => ({
              target: formatTarget(target),
              module: message.module?.path ?? '',
              package: message.package ?? '',
              text: messageBlock(message),
            })),
    ),
  )
}
