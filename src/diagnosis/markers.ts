import type { Message } from '../domain/message.ts'
import type { Rule } from '../domain/rule.ts'

/** Which rules may recognise a message. */
export interface MarkerIndex {
  /** The rules one of whose markers a text holds, with the length of the longest such marker. */
  readonly hits: (text: string) => ReadonlyMap<Rule, number>
  /** True when `hits` would not be empty; for choosing what to keep of a long log. */
  readonly touches: (message: Pick<Message, 'text' | 'detail'>) => boolean
}

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
  const { next, found, column } = build(markers.map((marker) => marker.text))

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
      state = next[state + (column[text.charCodeAt(at)] ?? other)] ?? 0
      const list = next[state] ?? 0
      if (list === 0 || seen.has(state)) continue
      seen.add(state)
      for (const id of found[list] ?? []) onHit(id)
    }
  }
  // Asked of every line of a log that nobody claims: stops at the first hit and makes nothing.
  const touchesText = (text: string): boolean => {
    const end = Math.min(text.length, maxText)
    let state = 0
    for (let at = 0; at < end; at++) {
      state = next[state + (column[text.charCodeAt(at)] ?? other)] ?? 0
      const list = next[state] ?? 0
      if (list !== 0 && found[list]?.some((id) => text.includes(markers[id]?.text ?? '')) === true) return true
    }
    return false
  }
  return {
    hits,
    touches: (message) =>
      touchesText(message.detail.length === 0 ? message.text : [message.text, ...message.detail].join('\n')),
  }
}

/** Characters that are in no marker share this column, and so do those above ASCII; what they find is looked at again. */
const other = 1

/**
 * The automaton. A state is the place where its row of `next` begins, so that a step costs one addition and two look-ups.
 * The first cell of a row says which list of `found` has the numbers of the texts that end there, 0 for none; then comes a
 * column for each character that the markers use: short rows stay in the processor's cache.
 */
interface Automaton {
  readonly next: Int32Array
  readonly found: readonly (readonly number[])[]
  readonly column: Uint8Array
}

function build(texts: readonly string[]): Automaton {
  const { column, width } = columnsOf(texts)
  const states = texts.reduce((sum, text) => sum + text.length, 1)
  const next = new Int32Array(states * width)
  const found: (readonly number[])[] = [[]]
  const addFound = (state: number, ids: readonly number[]): void => {
    const known = found[next[state] ?? 0] ?? []
    next[state] = found.push([...known, ...ids]) - 1
  }
  // By length of the beginning, so that the states near the root, where ordinary text stays, lie side by side.
  const places = texts.map(() => 0)
  const longest = texts.reduce((most, text) => Math.max(most, text.length), 0)
  let last = 0
  for (let depth = 0; depth < longest; depth++) {
    for (const [id, text] of texts.entries()) {
      if (depth >= text.length) continue
      const cell = (places[id] ?? 0) + (column[text.charCodeAt(depth)] ?? other)
      if (next[cell] === 0) next[cell] = last += width
      const state = next[cell] ?? 0
      places[id] = state
      if (depth === text.length - 1) addFound(state, [id])
    }
  }
  complete(next, width, (state, from) => addFound(state, found[next[from] ?? 0] ?? []))
  return { next, found, column }
}

function columnsOf(texts: readonly string[]): { readonly column: Uint8Array; readonly width: number } {
  const column = new Uint8Array(128).fill(other)
  let width = other + 1
  for (const text of texts) {
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (column[code] === other) column[code] = width++
    }
  }
  return { column, width }
}

/** Turns the tree into an automaton: where a text goes on no further, the longest suffix that another one begins with does. */
function complete(next: Int32Array, width: number, inherit: (state: number, from: number) => void): void {
  const fallback = new Map<number, number>()
  const queue: number[] = []
  for (let code = other; code < width; code++) if ((next[code] ?? 0) !== 0) queue.push(next[code] ?? 0)
  // The queue grows while it is walked.
  for (const state of queue) {
    const elsewhere = fallback.get(state) ?? 0
    if (next[elsewhere] !== 0) inherit(state, elsewhere)
    for (let code = other; code < width; code++) {
      const target = next[state + code] ?? 0
      const shorter = next[elsewhere + code] ?? 0
      if (target === 0) next[state + code] = shorter
      else {
        fallback.set(target, shorter)
        queue.push(target)
      }
    }
  }
}
