import type { Finding } from '../domain/finding.ts'
import { messageBlock, type Message } from '../domain/message.ts'
import type { CommandObservation, Observation } from '../domain/observation.ts'
import { formatTarget, type Target } from '../domain/port.ts'
import { reportPath, sourcePath } from '../modules/source-path.ts'

/** Where the files of an observed module are. */
export interface Place {
  /** Repository root, absolute. */
  readonly root: string
  /** Directory that the commands of a module ran in, by the module's directory relative to the root. */
  readonly dirOf: (module: string) => string
  readonly moduleCache?: string | undefined
}

/** Whether a failure was there before. */
export interface Difference {
  /**
   * `new`: its cause is not at the base on that target; `known`: it is; undefined: the type check says nothing of it, so
   * nobody can tell.
   */
  readonly standing: (finding: Finding, target: string) => 'new' | 'known' | undefined
}

interface PortError {
  readonly key: string
  /** `file:line` as findings have it; absent for an error about a whole package. */
  readonly place?: string
  readonly package?: string
}

/**
 * Compares the errors of the type checks of two commits, target by target. Two errors are the same when package and words
 * are; lines move.
 */
export function differenceOf(
  head: { readonly observations: readonly Observation[]; readonly place: Place },
  base: { readonly observations: readonly Observation[]; readonly place: Place },
): Difference {
  const now = errorsByTarget(head.observations, head.place)
  const before = new Map(
    [...errorsByTarget(base.observations, base.place)].map(
      ([target, errors]) => [target, new Set(errors.map((error) => error.key))] as const,
    ),
  )
  return {
    standing(finding, target) {
      const errors = now.get(target) ?? []
      if (errors.length === 0) return undefined
      const known = before.get(target)
      const isNew = (error: PortError): boolean => known?.has(error.key) !== true
      if (!errors.some(isNew)) return 'known'
      const own = errors.filter((error) => belongs(error, finding))
      // What is told of no single error is told of them all.
      return (own.length === 0 ? errors : own).some(isNew) ? 'new' : 'known'
    },
  }
}

function belongs(error: PortError, finding: Finding): boolean {
  if ((finding.causes ?? []).some((cause) => belongs(error, cause))) return true
  if (error.place === undefined) return error.package !== undefined && error.package === finding.package
  return finding.locations.some((at) => `${at.file}:${at.line}` === error.place)
}

function errorsByTarget(observations: readonly Observation[], place: Place): ReadonlyMap<string, readonly PortError[]> {
  const byTarget = new Map<string, PortError[]>()
  for (const seen of observations) {
    if (!isPortCheck(seen)) continue
    const errors = seen.messages
      .filter((message) => message.kind === 'error')
      .map((message) => portError(message, seen.module ?? '.', place))
    for (const target of targetsOf(seen)) {
      const name = formatTarget(target)
      byTarget.set(name, [...(byTarget.get(name) ?? []), ...errors])
    }
  }
  return byTarget
}

export function isPortCheck(seen: Observation): seen is CommandObservation {
  return seen.kind === 'command' && seen.probe === 'ports' && seen.failed
}

export function targetsOf(seen: CommandObservation): readonly Target[] {
  return [...(seen.target === undefined ? [] : [seen.target]), ...(seen.alsoOn ?? [])]
}

function portError(message: Message, module: string, place: Place): PortError {
  const { position } = message
  const name = message.package?.split(' ')[0]
  const source =
    position === undefined
      ? undefined
      : sourcePath(position.file, { root: place.root, dir: place.dirOf(module), moduleCache: place.moduleCache })
  return {
    key: JSON.stringify([module, name ?? '', wordsOf(messageBlock(message), place)]),
    ...(source === undefined || position === undefined ? {} : { place: `${reportPath(source)}:${position.line}` }),
    ...(name === undefined ? {} : { package: name }),
  }
}

/** What a message says, whichever folder, line or version it says it of. */
function wordsOf(text: string, place: Place): string {
  return text
    .replaceAll(place.root, '')
    .replace(/:\d{1,7}(?::\d{1,7})?/g, '')
    .replace(/@v[0-9][\w.+-]{0,100}/g, '')
}
