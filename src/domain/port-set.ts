import { compareText } from './finding.ts'

/** Architectures whose int and pointers have 32 bits (GOARCH values whose go/types word size is 4). */
export const narrowArchitectures: ReadonlySet<string> = new Set(['386', 'arm', 'mips', 'mipsle'])

const bsds: ReadonlySet<string> = new Set(['dragonfly', 'freebsd', 'netbsd', 'openbsd'])

/** Most things that a name lists; the rest is counted. */
const mostTerms = 8

interface Term {
  readonly words: string
  readonly members: readonly string[]
  /** A qualification such as `32-bit ports`, which stands after systems and single targets are told. */
  readonly group: boolean
}

/**
 * Names a set of targets as compactly as its members allow: `32-bit ports`, `windows, plan9, js and wasip1`,
 * `ports other than linux and android`, `linux/386 and linux/arm`.
 * @param targets names of targets (`linux/arm`, `linux/arm/6`), in any order
 * @param checked all targets that could have been among them: a system is named as a whole only when all its targets that
 *   were checked are in the set. Empty when nobody knows, which leaves single targets.
 */
export function namePorts(targets: readonly string[], checked: readonly string[]): string {
  const set = new Set(targets)
  const all = new Set([...checked, ...targets])
  if (set.size === 0) return ''
  if (checked.length === 0 || (set.size === 1 && systemTerms(set, all).length === 0)) return join(singles(set))
  if (set.size === all.size && checked.length > 1) return `all ${set.size} ports`
  const rest = new Set([...all].filter((target) => !set.has(target)))
  const named = cover(set, all)
  if (rest.size === 0 || rest.size > set.size) return join(named)
  const others = cover(rest, all)
  return others.length < Math.min(named.length, 4) ? `ports other than ${join(others)}` : join(named)
}

/** `riscv64 ports (3)`: the same with the number of targets where the words do not show it. */
export function nameAndCountPorts(targets: readonly string[], checked: readonly string[]): string {
  const count = new Set(targets).size
  const words = namePorts(targets, checked)
  const listed = words.split(/, | and /).every((word) => word.includes('/'))
  return count < 2 || listed || words.startsWith('all ') ? words : `${words} (${count} targets)`
}

/** The fewest terms that together are the set: the largest first, what no group covers one by one. */
function cover(set: ReadonlySet<string>, all: ReadonlySet<string>): readonly Term[] {
  const groups = [...groupTerms(all), ...systemTerms(set, all)].filter(
    (term) => term.members.length > 0 && term.members.every((target) => set.has(target)),
  )
  const open = new Set(set)
  const chosen: Term[] = []
  while (open.size > 0) {
    const best = groups
      .map((term) => ({ term, gain: term.members.filter((target) => open.has(target)).length }))
      .filter(({ term, gain }) => gain > 1 || (gain === 1 && !term.group && term.members.length === 1))
      .sort((a, b) => b.gain - a.gain || rank(a.term) - rank(b.term) || compareText(a.term.words, b.term.words))[0]
    if (best === undefined) break
    chosen.push(best.term)
    for (const target of best.term.members) open.delete(target)
  }
  return [...chosen, ...singles(open)]
}

function singles(targets: ReadonlySet<string>): readonly Term[] {
  return [...targets].sort(compareText).map((target) => ({ words: target, members: [target], group: false }))
}

/** A system of which everything that was checked is in the set; one with a single port is clearer by its name, too. */
function systemTerms(set: ReadonlySet<string>, all: ReadonlySet<string>): readonly Term[] {
  return systemsOf(all).flatMap((system): readonly Term[] => {
    const members = [...all].filter((target) => part(target, 0) === system)
    const whole = members.every((target) => set.has(target))
    // Where one port of a system was checked, of several that it has, the name of the system would say too much.
    return whole && (members.length > 1 || lonely.has(system)) ? [{ words: system, members, group: false }] : []
  })
}

// Systems that have one port, so that their name says all (`go tool dist list` of Go 1.26).
const lonely: ReadonlySet<string> = new Set(['aix', 'dragonfly', 'illumos', 'js', 'solaris', 'wasip1'])

// What readers know best stands first.
const known: readonly string[] = ['linux', 'darwin', 'windows']

function rank(term: Term): number {
  const at = known.indexOf(term.words)
  return at < 0 ? known.length : at
}

function groupTerms(all: ReadonlySet<string>): readonly Term[] {
  const targets = [...all]
  const narrow = targets.filter((target) => narrowArchitectures.has(part(target, 1)))
  const wide = targets.filter((target) => !narrowArchitectures.has(part(target, 1)))
  const group = (words: string, members: readonly string[]): Term => ({ words, members, group: true })
  return [
    ...(narrow.length > 1 && wide.length > 0 ? [group('32-bit ports', narrow), group('64-bit ports', wide)] : []),
    ...systemsOf(all).flatMap((system) => {
      const of = (ports: readonly string[]): readonly string[] => ports.filter((one) => part(one, 0) === system)
      const both = [group(`32-bit ${system}`, of(narrow)), group(`64-bit ${system}`, of(wide))]
      return both.every(({ members }) => members.length > 0) ? both.filter(({ members }) => members.length > 1) : []
    }),
    // js and wasip1 have little in common but the architecture.
    ...[...new Set(targets.map((target) => part(target, 1)))]
      .filter((arch) => arch !== 'wasm')
      .flatMap((arch) => {
        const members = targets.filter((target) => part(target, 1) === arch)
        return members.length > 1 ? [group(`${arch} ports`, members)] : []
      }),
    group(
      'the BSDs',
      [...bsds].every((system) => systemsOf(all).includes(system))
        ? targets.filter((target) => bsds.has(part(target, 0)))
        : [],
    ),
  ]
}

function systemsOf(targets: ReadonlySet<string>): readonly string[] {
  return [...new Set([...targets].map((target) => part(target, 0)))].sort(compareText)
}

function part(target: string, index: 0 | 1): string {
  return target.split(/[/ ]/, 2)[index] ?? ''
}

function join(terms: readonly Term[]): string {
  const words = terms.map((term) => term.words)
  const shown = words.slice(0, mostTerms)
  const rest = terms.slice(mostTerms).reduce((count, term) => count + term.members.length, 0)
  if (rest > 0) return `${shown.join(', ')} and ${rest} more`
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1) ?? ''}`
}
