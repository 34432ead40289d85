import { foldNodes, inclusionPath, nodeHash, type Node, type TreeHead } from './tlog.ts'

/** A tile: `width` hashes of level 8 * `level`, from index 256 * `index` on. Full ones have 256. */
export interface Tile {
  readonly level: number
  readonly index: number
  readonly width: number
}

const height = 8
const fullWidth = 2 ** height
const hashBytes = 32

/** `tile/8/0/x001/x234/067.p/5` (x/mod/sumdb/tlog Tile.Path): three digits a folder, the width where it is not full. */
export function tilePath(tile: Tile): string {
  const groups: string[] = []
  for (let rest = tile.index; groups.length === 0 || rest > 0; rest = Math.floor(rest / 1000)) {
    groups.unshift(`${groups.length === 0 ? '' : 'x'}${String(rest % 1000).padStart(3, '0')}`)
  }
  const width = tile.width === fullWidth ? '' : `.p/${String(tile.width)}`
  return `tile/${String(height)}/${String(tile.level)}/${groups.join('/')}${width}`
}

/** The same tile with all its hashes: what a server has once the log has grown past it. */
export function fullTile(tile: Tile): Tile {
  return { ...tile, width: fullWidth }
}

/** The tile that holds what `node` is made of, as wide as it is in a tree of `size` records. */
export function tileFor(node: Node, size: number): Tile {
  const level = Math.floor(node.level / height)
  const first = node.index * 2 ** (node.level % height)
  const index = Math.floor(first / fullWidth)
  const complete = Math.floor(size / 2 ** (level * height))
  return { level, index, width: Math.min(fullWidth, complete - index * fullWidth) }
}

/** Every tile that a proof of record `id` needs, its own way up included: those are checked against their parents. */
export function tilesForProof(size: number, id: number): readonly Tile[] {
  const nodes = inclusionPath(size, id).flatMap((step) => step.nodes)
  const found = new Map<string, Tile>()
  for (const node of [...nodes, ...ownWay(size, id)]) {
    const tile = tileFor(node, size)
    found.set(tilePath(tile), tile)
  }
  return [...found.values()]
}

/**
 * Proves that a record with the hash `leaf` is number `id` of the tree. `hashes` returns a tile's content. Every hash of
 * every tile goes into the proof: those beside the record's way by being folded into the root, those on it by being
 * compared with what was folded below them, so that no tile is taken on trust (the gap of CVE-2026-56865). Throws when anything disagrees.
 */
export function checkInclusion(tree: TreeHead, id: number, leaf: Uint8Array, hashes: (tile: Tile) => Uint8Array): void {
  const read = (node: Node): Uint8Array => nodeFromTile(node, tree.size, hashes)
  const own = new Map(ownWay(tree.size, id).map((node) => [node.level, node]))
  let hash = leaf
  let level = 0
  const checkOwn = (): void => {
    const node = own.get(level)
    if (node !== undefined && !same(read(node), hash)) {
      throw new Error(
        level === 0 ? 'the record is not the one in the tree' : 'a tile does not belong to the one above it',
      )
    }
  }
  checkOwn()
  for (const step of inclusionPath(tree.size, id)) {
    const sibling = foldNodes(step.nodes.map(read))
    hash = step.side === 'left' ? nodeHash(sibling, hash) : nodeHash(hash, sibling)
    level++
    // Past the right edge the way no longer goes from one level to the next, and holds no node of its own.
    if (own.has(level)) checkOwn()
  }
  if (!same(hash, tree.hash)) throw new Error('the tiles do not lead to the signed tree')
}

/** The nodes on the record's own way that tiles hold: one each 8 levels, as far as they are complete in this tree. */
function ownWay(size: number, id: number): readonly Node[] {
  const nodes: Node[] = []
  for (let level = 0; ; level += height) {
    const span = 2 ** level
    const index = Math.floor(id / span)
    if ((index + 1) * span > size) return nodes
    nodes.push({ level, index })
  }
}

function nodeFromTile(node: Node, size: number, hashes: (tile: Tile) => Uint8Array): Uint8Array {
  const tile = tileFor(node, size)
  const content = hashes(tile)
  const count = 2 ** (node.level % height)
  const first = node.index * count - tile.index * fullWidth
  if (content.length !== tile.width * hashBytes || first + count > tile.width)
    throw new Error('a tile has a wrong length')
  let row = Array.from({ length: count }, (_, n) =>
    content.subarray((first + n) * hashBytes, (first + n + 1) * hashBytes),
  )
  while (row.length > 1) {
    row = Array.from({ length: row.length / 2 }, (_, n) => nodeHash(at(row, 2 * n), at(row, 2 * n + 1)))
  }
  return at(row, 0)
}

function at(row: readonly Uint8Array[], index: number): Uint8Array {
  const hash = row[index]
  if (hash === undefined) throw new Error('a tile has a wrong length')
  return hash
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0
}
