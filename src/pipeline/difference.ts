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
  readonly module: string
  readonly key: string
  /** Where a finding may name it: `file:line`, or the import path for an error about a whole package. */
  readonly place: string
}

type Age = 'new' | 'known' | 'unknown'

/** The errors of one target: how old the youngest is, and the youngest at each place. */
interface TargetErrors {
  all: Age
  readonly at: Map<string, Age>
}

/**
 * Compares the errors of the type checks of two commits, target by target. Two errors are the same when package and words
 * are; lines move. `compared` are the modules, by directory, that were checked at the base.
 */
export function differenceOf(
  head: { readonly observations: readonly Observation[]; readonly place: Place },
  base: { readonly observations: readonly Observation[]; readonly place: Place },
  compared: ReadonlySet<string>,
): Difference {
  const before = new Map<string, Set<string>>()
  for (const [target, { key }] of errorsOf(base.observations, base.place)) {
    const keys = before.get(target)
    if (keys === undefined) before.set(target, new Set([key]))
    else keys.add(key)
  }
  const now = new Map<string, TargetErrors>()
  for (const [target, { module, key, place }] of errorsOf(head.observations, head.place)) {
    const age: Age = !compared.has(module) ? 'unknown' : before.get(target)?.has(key) === true ? 'known' : 'new'
    const errors = now.get(target) ?? { all: age, at: new Map() }
    errors.all = youngest([errors.all, age])
    errors.at.set(place, youngest([errors.at.get(place) ?? age, age]))
    now.set(target, errors)
  }
  return {
    standing(finding, target) {
      const errors = now.get(target)
      if (errors === undefined) return undefined
      const own = placesOf(finding).flatMap((place) => errors.at.get(place) ?? [])
      // What can be told of no single error is told of them all.
      const age = own.length === 0 ? errors.all : youngest(own)
      return age === 'unknown' ? undefined : age
    },
  }
}

function youngest(ages: readonly Age[]): Age {
  return ages.includes('new') ? 'new' : ages.includes('known') ? 'known' : 'unknown'
}

function placesOf(finding: Finding): readonly string[] {
  return [
    ...finding.locations.map((at) => `${at.file}:${at.line}`),
    ...(finding.package === undefined ? [] : [finding.package]),
    ...(finding.causes ?? []).flatMap(placesOf),
  ]
}

function* errorsOf(observations: readonly Observation[], place: Place): Iterable<readonly [string, PortError]> {
  for (const seen of observations) {
    if (!isPortCheck(seen)) continue
    const errors = seen.messages
      .filter((message) => message.kind === 'error')
      .map((message) => portError(message, seen.module ?? '.', place))
    for (const target of targetsOf(seen).map(formatTarget)) for (const error of errors) yield [target, error]
  }
}

export function isPortCheck(seen: Observation): seen is CommandObservation {
  return seen.kind === 'command' && seen.probe === 'ports' && seen.failed
}

export function targetsOf(seen: CommandObservation): readonly Target[] {
  return [...(seen.target === undefined ? [] : [seen.target]), ...(seen.alsoOn ?? [])]
}

function portError(message: Message, module: string, place: Place): PortError {
  const { position } = message
  const name = message.package?.split(' ')[0] ?? ''
  const key = JSON.stringify([module, name, wordsOf(messageBlock(message), place)])
  if (position === undefined) return { module, key, place: name }
  const { root, moduleCache } = place
  const source = sourcePath(position.file, { root, dir: place.dirOf(module), moduleCache })
  return { module, key, place: `${reportPath(source)}:${position.line}` }
}

/** What a message says, whichever folder, line or version it says it of. */
function wordsOf(text: string, place: Place): string {
  return text
    .replaceAll(place.root, '')
    .replace(/:\d{1,7}(?::\d{1,7})?/g, '')
    .replace(/@v[0-9][\w.+-]{0,100}/g, '')
}
