import { messageBlock, type Message } from '../domain/message.ts'
import type { Rule } from '../domain/rule.ts'

/** Which rules may recognise a message. */
export interface MarkerIndex {
  /** The rules one of whose markers a text holds, with the length of the longest such marker. */
  readonly hits: (text: string) => ReadonlyMap<Rule, number>
  /** True when `hits` would not be empty; for choosing what to keep of a long log. */
  readonly touches: (message: Message) => boolean
}

/** Characters above ASCII share one column; what they find is looked at again. */
const width = 128
const maxText = 16 * 1024

const indexes = new WeakMap<readonly Rule[], MarkerIndex>()

/** The index of a list of rules, made once: ten thousand logs in one run share it. */
export function markerIndexOf(rules: readonly Rule[]): MarkerIndex {
  const index = indexes.get(rules) ?? createMarkerIndex(rules)
  indexes.set(rules, index)
  return index
}

/**
 * One automaton over the markers of all rules (Aho and Corasick, “Efficient string matching”, 1975): a text is read once,
 * a table look-up for each character, however many rules there are.
 */
export function createMarkerIndex(rules: readonly Rule[]): MarkerIndex {
  const markers = rules.flatMap((rule) =>
    rule.message === undefined ? [] : (rule.markers ?? []).map((text) => ({ rule, text })),
  )
  const { next, found } = build(markers.map((marker) => marker.text))

  const hits = (text: string): ReadonlyMap<Rule, number> => {
    const rulesHit = new Map<Rule, number>()
    walk(text, (id) => {
      const marker = markers[id]
      if (marker === undefined || !text.includes(marker.text)) return
      rulesHit.set(marker.rule, Math.max(rulesHit.get(marker.rule) ?? 0, marker.text.length))
    })
    return rulesHit
  }
  const walk = (text: string, onHit: (id: number) => void): void => {
    const end = Math.min(text.length, maxText)
    const seen = new Set<number>()
    let state = 0
    for (let at = 0; at < end; at++) {
      state = next[state * width + column(text.charCodeAt(at))] ?? 0
      const ids = found[state]
      if (ids === undefined || seen.has(state)) continue
      seen.add(state)
      for (const id of ids) onHit(id)
    }
  }
  // Asked of every line of a log that nobody claims: stops at the first hit and makes nothing.
  const touchesText = (text: string): boolean => {
    const end = Math.min(text.length, maxText)
    let state = 0
    for (let at = 0; at < end; at++) {
      state = next[state * width + column(text.charCodeAt(at))] ?? 0
      const ids = found[state]
      if (ids?.some((id) => text.includes(markers[id]?.text ?? '')) === true) return true
    }
    return false
  }
  return {
    hits,
    touches: (message) => touchesText(message.detail.length === 0 ? message.text : messageBlock(message)),
  }
}

function column(code: number): number {
  return code < width ? code : width - 1
}

/** The transition table (state × column), and for each state the texts that end there. */
function build(texts: readonly string[]): { next: Int32Array; found: (readonly number[] | undefined)[] } {
  const states = texts.reduce((sum, text) => sum + text.length, 1)
  const next = new Int32Array(states * width)
  const found: (number[] | undefined)[] = []
  let last = 0
  for (const [id, text] of texts.entries()) {
    if (text === '') continue
    let state = 0
    for (let at = 0; at < text.length; at++) {
      const cell = state * width + column(text.charCodeAt(at))
      if (next[cell] === 0) next[cell] = ++last
      state = next[cell] ?? 0
    }
    found[state] = [...(found[state] ?? []), id]
  }
  complete(next, found)
  return { next, found }
}

/** Turns the tree into an automaton: where a text goes on no further, the longest suffix that another one begins with does. */
function complete(next: Int32Array, found: (number[] | undefined)[]): void {
  const fallback = new Int32Array(next.length / width)
  const queue: number[] = []
  for (let code = 0; code < width; code++) if ((next[code] ?? 0) !== 0) queue.push(next[code] ?? 0)
  // The queue grows while it is walked.
  for (const state of queue) {
    const other = fallback[state] ?? 0
    const inherited = found[other]
    if (inherited !== undefined) found[state] = [...(found[state] ?? []), ...inherited]
    for (let code = 0; code < width; code++) {
      const cell = state * width + code
      const target = next[cell] ?? 0
      const elsewhere = next[other * width + code] ?? 0
      if (target === 0) next[cell] = elsewhere
      else {
        fallback[target] = elsewhere
        queue.push(target)
      }
    }
  }
}
