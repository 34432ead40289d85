import path from 'node:path'

import { messageBlock, type Message } from '../../domain/message.ts'
import type { CommandObservation } from '../../domain/observation.ts'
import { formatTarget } from '../../domain/port.ts'
import { inside } from '../../modules/source-path.ts'

/** One error on one target, as far as it matters whether it is there before and after a change. */
export interface CheckError {
  readonly target: string
  /** Module path; empty for the team's own code. */
  readonly module: string
  readonly package: string
  readonly text: string
  /** `file:line` in the team's own code, relative to the module with `/`. */
  readonly place?: string
}

/** What a candidate does for a finding. */
export type Outcome =
  /** Nothing of the finding is left on its targets, and nothing else fails that did not before. */
  | { readonly kind: 'proven' }
  /** So on some of its targets; the error is one of another. */
  | { readonly kind: 'partly'; readonly targets: readonly string[]; readonly error: CheckError }
  /** It is gone, and what it hid shows: other errors on the same targets. */
  | { readonly kind: 'uncovers'; readonly error: CheckError; readonly count: number }
  /** The host, which compiled, does not any more. */
  | { readonly kind: 'breaks'; readonly error: CheckError }
  /** The module still compiles on none of them. */
  | { readonly kind: 'fails'; readonly error: CheckError }

export interface Question {
  /** Paths of the dependency, of what takes its place, and of what brings it in. */
  readonly modules: ReadonlySet<string>
  readonly targets: ReadonlySet<string>
  /** Places of the finding in the team's own code, which may use what a dependency lacks. */
  readonly places: ReadonlySet<string>
  readonly host: string
}

/** Decides by the errors before and after; both are those of the same check on the targets of the finding and the host. */
export function judgeCandidate(
  question: Question,
  before: readonly CheckError[],
  after: readonly CheckError[],
): Outcome {
  const { modules, targets, places, host } = question
  const known = new Set(before.map(keyOf))
  const left = after.filter(
    (error) =>
      targets.has(error.target) &&
      (modules.has(error.module) || (error.place !== undefined && places.has(error.place))),
  )
  const fresh = after.filter((error) => !known.has(keyOf(error)) && !left.includes(error))
  const onHost = fresh.find((error) => error.target === host)
  if (onHost !== undefined && !targets.has(host)) return { kind: 'breaks', error: onHost }
  const shown = fresh.filter((error) => targets.has(error.target))
  const error = left[0] ?? shown[0]
  if (error === undefined) return { kind: 'proven' }
  const failing = new Set([...left, ...shown].map((one) => one.target))
  const passing = [...targets].filter((target) => !failing.has(target))
  if (passing.length > 0) return { kind: 'partly', targets: passing, error }
  return left.length > 0 ? { kind: 'fails', error } : { kind: 'uncovers', error, count: shown.length }
}

/** Without its line, which another version may have moved. */
function keyOf(error: CheckError): string {
  return [error.target, error.module, error.package, error.text].join('\0')
}

/** The errors of observations, for each target that they hold on; `dir` is where the commands ran. */
export function errorsOf(observations: readonly CommandObservation[], dir: string): readonly CheckError[] {
  return observations.flatMap((seen) =>
    [seen.target, ...(seen.alsoOn ?? [])].flatMap((target) =>
      target === undefined
        ? []
        : seen.messages
            .filter((message) => message.kind === 'error')
            .map((message) => errorOf(message, formatTarget(target), dir)),
    ),
  )
}

function errorOf(message: Message, target: string, dir: string): CheckError {
  const { module, position } = message
  const file = position === undefined ? undefined : inside(dir, path.resolve(dir, position.file))
  return {
    target,
    module: module?.path ?? '',
    package: message.package ?? '',
    text: messageBlock(message),
    ...(file === undefined || position === undefined || module !== undefined
      ? {}
      : { place: `${file}:${position.line}` }),
  }
}
