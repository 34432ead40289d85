import { compareText } from '../domain/finding.ts'
import type { PortCheckError } from '../domain/port-check.ts'
import { flag, indices, number, text, texts, type WireLine } from './wire.ts'

/** Slots as the numbers that portcheck gives them. */
interface Draft extends Omit<PortCheckError, 'slots' | 'chain'> {
  readonly slots: Set<number>
}

const kinds = ['type', 'syntax', 'load', 'body', 'late'] as const
const variants = ['', 'test', 'xtest'] as const

/** The first errors of every package are kept whatever the others have, so that none fails without a reason. */
const mostOfPackage = 1000
const mostErrors = 50_000
const mostMessage = 4000

/** Gathers the errors of an answer: merged over slots, without what was withdrawn, with chains. `names` are the slots'. */
export function createErrorList(
  names: readonly string[],
  onError?: (error: PortCheckError) => void,
): {
  readonly add: (line: WireLine) => void
  readonly withdraw: (line: WireLine) => void
  readonly explain: (line: WireLine) => void
  readonly end: () => { readonly errors: readonly PortCheckError[]; readonly notes: readonly string[] }
} {
  const drafts = new Map<string, Draft>()
  const counts = new Map<string, number>()
  const chains = new Map<string, readonly string[]>()
  let omitted = 0

  const finish = (draft: Draft, slots: ReadonlySet<number>): PortCheckError => ({
    ...draft,
    slots: [...slots].sort((a, b) => a - b).flatMap((index) => names[index] ?? []),
    chain: chains.get(packageKey(draft)) ?? chains.get(packageKey({ ...draft, variant: '' })) ?? [draft.package],
  })

  return {
    add(line) {
      const draft = readError(line, names.length)
      if (draft === undefined) return
      const key = errorKey(draft)
      const known = drafts.get(key)
      if (known !== undefined) {
        for (const slot of draft.slots) known.slots.add(slot)
      } else {
        const own = counts.get(draft.package) ?? 0
        if (own > 0 && (own >= mostOfPackage || drafts.size >= mostErrors)) {
          omitted++
          return
        }
        counts.set(draft.package, own + 1)
        drafts.set(key, draft)
      }
      onError?.(finish(draft, draft.slots))
    },
    withdraw(line) {
      const key = packageKey({ package: text(line, 'package'), variant: readVariant(line) })
      const gone = indices(line, 'slots', names.length)
      // Only what has come so far: what holds there all the same, or holds instead, comes after.
      for (const draft of drafts.values()) {
        if (packageKey(draft) === key) for (const slot of gone) draft.slots.delete(slot)
      }
    },
    explain(line) {
      const chain = texts(line, 'chain')
      if (chain.length === 0) return
      chains.set(packageKey({ package: text(line, 'package'), variant: readVariant(line) }), chain)
    },
    end() {
      const kept = [...drafts.values()].filter((draft) => draft.slots.size > 0)
      const errors = withoutRepeats(kept).map((draft) => finish(draft, draft.slots))
      const notes =
        omitted === 0
          ? []
          : [`${omitted} errors beyond ${mostOfPackage} a package or ${mostErrors} in all are left out.`]
      return { errors: errors.sort(compareErrors), notes }
    },
  }
}

/** The errors of several answers as those of one; the slots of an error stay in the order of the answers. */
export function mergeErrors(lists: readonly (readonly PortCheckError[])[]): readonly PortCheckError[] {
  const [only] = lists
  if (only !== undefined && lists.length === 1) return only
  const merged = new Map<string, PortCheckError>()
  for (const error of lists.flat()) {
    const key = errorKey(error)
    const known = merged.get(key)
    merged.set(key, known === undefined ? error : { ...known, slots: [...known.slots, ...error.slots] })
  }
  return [...merged.values()].sort(compareErrors)
}

/** An error of a file is found again when the package is built with its tests; it is said once. */
function withoutRepeats(drafts: readonly Draft[]): readonly Draft[] {
  const plain = new Map(
    drafts.filter(({ variant }) => variant === '').map((draft) => [errorKey({ ...draft, kind: 'type' }), draft]),
  )
  return drafts.flatMap((draft) => {
    if (draft.variant !== 'test') return [draft]
    const first = plain.get(errorKey({ ...draft, kind: 'type', variant: '' }))
    const slots = new Set([...draft.slots].filter((slot) => first?.slots.has(slot) !== true))
    return slots.size === 0 ? [] : [{ ...draft, slots }]
  })
}

function readError(line: WireLine, slotCount: number): Draft | undefined {
  const kind = kinds.find((one) => one === text(line, 'kind'))
  const slots = new Set(indices(line, 'slots', slotCount))
  if (kind === undefined || slots.size === 0) return undefined
  const column = number(line, 'column')
  const message = text(line, 'message')
  return {
    kind,
    package: text(line, 'package'),
    variant: readVariant(line),
    module: text(line, 'module'),
    version: text(line, 'version'),
    main: flag(line, 'main'),
    file: text(line, 'file'),
    line: number(line, 'line'),
    ...(column === 0 ? {} : { column }),
    message: message.length > mostMessage ? `${message.slice(0, mostMessage)}…` : message,
    slots,
  }
}

function readVariant(line: WireLine): PortCheckError['variant'] {
  return variants.find((one) => one === text(line, 'variant')) ?? ''
}

function packageKey({ package: name, variant }: Pick<PortCheckError, 'package' | 'variant'>): string {
  return `${name}\0${variant}`
}

function errorKey(error: Omit<PortCheckError, 'slots' | 'chain'>): string {
  const { kind, package: name, variant, file, line, column = 0, message } = error
  return [kind, name, variant, file, line, column, message].join('\0')
}

function compareErrors(a: PortCheckError, b: PortCheckError): number {
  return (
    compareText(a.package, b.package) ||
    compareText(a.file, b.file) ||
    a.line - b.line ||
    (a.column ?? 0) - (b.column ?? 0) ||
    compareText(a.message, b.message)
  )
}
