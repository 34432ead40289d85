import { createHash } from 'node:crypto'

import { decodeBase64, decodeText } from './note.ts'

/** A signed state of the log: how many records, and the hash that stands for all of them. */
export interface TreeHead {
  readonly size: number
  readonly hash: Uint8Array
}

/** One perfect subtree: at `level` n it spans 2^n records, from index * 2^n on. */
export interface Node {
  readonly level: number
  readonly index: number
}

/** One step from a record up to the root: perfect subtrees beside it, from left to right, that fold to one sibling. */
export interface ProofStep {
  readonly side: 'left' | 'right'
  readonly nodes: readonly Node[]
}

/** Sizes stay exact and far over any real log; more would make arithmetic with numbers wrong. */
const maxTreeSize = 2 ** 48

/** SHA-256(0x00, record) (RFC 6962, section 2.1). */
export function recordHash(record: Uint8Array): Uint8Array {
  return createHash('sha256').update(Buffer.of(0)).update(record).digest()
}

/** SHA-256(0x01, left, right) (RFC 6962, section 2.1). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return createHash('sha256').update(Buffer.of(1)).update(left).update(right).digest()
}

/** Parses the text of a tree head (x/mod/sumdb/tlog ParseTree); further lines are for later versions. Throws when it is malformed. */
export function parseTreeHead(text: string): TreeHead {
  const [title, size = '', hash = '', ...rest] = text.split('\n')
  const bytes = decodeBase64(hash)
  const valid = title === 'go.sum database tree' && /^(0|[1-9][0-9]{0,15})$/.test(size) && rest.length > 0
  if (!valid || bytes?.length !== 32 || Number(size) > maxTreeSize) throw new Error('it is no tree head')
  return { size: Number(size), hash: bytes }
}

/**
 * Cuts a look-up's answer into the record's number, its text, and the signed note behind it (x/mod/sumdb/tlog ParseRecord).
 * Throws when it is malformed. The text is authentic only once its hash was found in the tree.
 */
export function parseRecord(answer: Uint8Array): {
  readonly id: number
  readonly text: string
  readonly note: Uint8Array
} {
  const whole = decodeText(answer)
  const first = whole.indexOf('\n')
  const end = whole.indexOf('\n\n', first + 1)
  const id = whole.slice(0, Math.max(0, first))
  if (!/^(0|[1-9][0-9]{0,15})$/.test(id) || end === -1) throw new Error('it is no record')
  const text = whole.slice(first + 1, end + 1)
  return { id: Number(id), text, note: Buffer.from(whole.slice(end + 2), 'utf8') }
}

/**
 * The way from record `id` up to the root of a tree of `size` records: at each step the sibling, as the perfect
 * subtrees that fold to it (RFC 6962, section 2.1.1, PATH; a sibling at the right edge need not be perfect).
 */
export function inclusionPath(size: number, id: number): readonly ProofStep[] {
  if (!Number.isSafeInteger(id) || id < 0 || id >= size) throw new Error(`there is no record ${String(id)} in the tree`)
  const steps: ProofStep[] = []
  let low = 0
  let high = size
  while (high - low > 1) {
    const middle = low + largestPowerBelow(high - low)
    if (id < middle) {
      steps.push({ side: 'right', nodes: perfectSubtrees(middle, high) })
      high = middle
    } else {
      steps.push({ side: 'left', nodes: perfectSubtrees(low, middle) })
      low = middle
    }
  }
  return steps.reverse()
}

/** The perfect subtrees that records [low, high) fall into, from left to right. `low` must be where one can start. */
export function perfectSubtrees(low: number, high: number): readonly Node[] {
  const nodes: Node[] = []
  for (let at = low; at < high;) {
    let level = 0
    while (2 ** (level + 1) <= high - at) level++
    nodes.push({ level, index: at / 2 ** level })
    at += 2 ** level
  }
  return nodes
}

/** One hash for several subtrees that stand beside each other: the right ones are folded first, being the smaller. */
export function foldNodes(hashes: readonly Uint8Array[]): Uint8Array {
  const last = hashes.at(-1)
  if (last === undefined) throw new Error('nothing to fold')
  return hashes.slice(0, -1).reduceRight((right, left) => nodeHash(left, right), last)
}

/** The largest power of two that is less than `n`, for n of 2 and more. */
function largestPowerBelow(n: number): number {
  let power = 1
  while (power * 2 < n) power *= 2
  return power
}
