import { compareText } from '../../domain/finding.ts'
import type { ReportTarget } from '../../domain/report.ts'
import { plural } from './units.ts'

/** Targets said briefly: `windows/*` stands for every target of the run with that GOOS, an asterisk before the slash for every GOOS. */
export interface FoldedTargets {
  readonly items: readonly string[]
  readonly count: number
  /** Every target of the run, and more than one. */
  readonly all: boolean
}

/** Names of the targets that were built or type-checked: what was skipped or broke could not have failed. */
export function checkedTargets(targets: readonly ReportTarget[]): readonly string[] {
  const known = targets.filter((target) => [target.build, target.types].some((one) => one === 'pass' || one === 'fail'))
  return [...new Set(known.map((target) => target.target))]
}

interface Parts {
  readonly goos: string
  readonly goarch: string
}

/** GOOS and GOARCH of a target's name (`linux/arm/6`). */
export function targetParts(target: string): Parts {
  const [goos = '', goarch = ''] = target.split('/', 2)
  return { goos, goarch }
}

/**
 * Takes the names of all targets of a run; returns the function that folds some of them. A group is folded only when
 * the finding holds on every target of the group in this run, so that the short form says no more than is known.
 */
export function targetFolder(universe: readonly string[]): (targets: readonly string[]) => FoldedTargets {
  const known = [...new Set(universe)]
  const sizes = { goos: countBy(known, 'goos'), goarch: countBy(known, 'goarch') }
  const order = new Map(known.map((name, index) => [name, index]))
  const place = (name: string): number => order.get(name) ?? known.length
  return (targets) => {
    if (targets.length > mostFolded) {
      const all = targets.length === known.length && targets.every((name) => order.has(name))
      return { items: targets, count: targets.length, all }
    }
    const names = [...new Set(targets)].sort((a, b) => place(a) - place(b) || compareText(a, b))
    const all = names.length > 1 && names.length === known.length && names.every((name) => order.has(name))
    if (all) return { items: known.slice(0, 1), count: names.length, all }
    const byOs = foldBy(names, ['goos', 'goarch'], sizes)
    const byArch = foldBy(names, ['goarch', 'goos'], sizes)
    return { items: byArch.length < byOs.length ? byArch : byOs, count: names.length, all }
  }
}

/** Five times the ports that Go has, with every level; beyond it only a count is of use. */
const mostFolded = 1000

type Key = keyof Parts

function countBy(targets: readonly string[], key: Key): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const target of targets) {
    const value = targetParts(target)[key]
    counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  return counts
}

function foldBy(
  names: readonly string[],
  order: readonly Key[],
  sizes: Readonly<Record<Key, ReadonlyMap<string, number>>>,
): readonly string[] {
  const groups: string[] = []
  let rest = names
  for (const key of order) {
    const counts = countBy(rest, key)
    const full = new Set(
      [...counts].filter(([value, count]) => count > 1 && sizes[key].get(value) === count).map(([v]) => v),
    )
    for (const value of full) groups.push(key === 'goos' ? `${value}/*` : `*/${value}`)
    rest = rest.filter((name) => !full.has(targetParts(name)[key]))
  }
  return [...groups, ...rest]
}

/** `all 12 targets`, `linux/arm`, `windows/*, plan9/*; 12 targets`, at most `max` names. */
export function describeTargets(folded: FoldedTargets, max = 6): string {
  if (folded.count === 0) return ''
  if (folded.all) return `all ${folded.count} targets`
  if (folded.count === 1) return folded.items[0] ?? ''
  const shown = folded.items.slice(0, max)
  const more = folded.items.length - shown.length
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}; ${plural(folded.count, 'target')}`
}
